/** One measurement, as every engine gives it. */
export interface Measured {
  readonly states: number
  readonly transitions: number
  /** Wall-clock seconds of the search with its preparation, without the start of the process. */
  readonly seconds: number
  /** Largest resident memory of the process, in MB. */
  readonly peakMB: number
}

/** The measurement whose time is in the middle. */
export function median(all: readonly Measured[]): Measured {
  return all.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(all.length / 2)]!
}
