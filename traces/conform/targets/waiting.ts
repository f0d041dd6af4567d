/** Waiting in the time of this machine, for a target whose packets come when they come. */
export class Waiting {
  readonly #waiting = new Set<() => void>()

  /** A packet has come: waiting callers look. */
  wakes(): void {
    for (const look of [...this.#waiting]) look()
  }

  waits(ms: number, until: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      if (until()) {
        resolve()
        return
      }
      const done = () => {
        clearTimeout(timer)
        this.#waiting.delete(look)
        resolve()
      }
      const look = () => {
        if (until()) done()
      }
      const timer = setTimeout(done, ms)
      this.#waiting.add(look)
    })
  }
}

export const now = (): number => performance.now()

/** How many requirements are tried at a time where waiting costs nothing. */
export const AT_ONCE = 24
