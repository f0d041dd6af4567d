/** What happens at its time, in order; of equal times what was asked for first. Few things wait at once. */
export class Schedule {
  readonly #waiting: { readonly at: number; readonly what: () => void }[] = []
  /** Milliseconds. */
  now = 0

  at(time: number, what: () => void): void {
    let place = this.#waiting.length
    while (place > 0 && this.#waiting[place - 1]!.at <= time) place -= 1
    this.#waiting.splice(place, 0, { at: time, what })
  }

  /** Until nothing waits. */
  run(): void {
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
      this.now = next.at
      next.what()
    }
  }
}
