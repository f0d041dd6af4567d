/** What is to be done, in order of time. */
interface Entry {
  readonly at: number
  readonly does: () => void
}

export class Agenda {
  readonly #entries: Entry[] = []

  /** After what has been noted for the same moment. */
  note(at: number, does: () => void): void {
    const i = this.#entries.findIndex((entry) => entry.at > at)
    this.#entries.splice(i < 0 ? this.#entries.length : i, 0, { at, does })
  }

  /** When the first entry is due; undefined if there is none. */
  get next(): number | undefined {
    return this.#entries[0]?.at
  }

  /** Does the first entry. */
  do(): void {
    this.#entries.shift()?.does()
  }
}
