import type { Bound, CheckOptions, Progress } from '../report.ts'

const DEFAULT_MEMORY = 4 * 2 ** 30

export interface Counts {
  readonly phase: Progress['phase']
  readonly depth: number
  readonly states: number
  readonly transitions: number
  readonly queued: number
  readonly bytes: number
}

/** Watches the clock, the memory and the caller's wish to stop, and reports progress once a second. */
export class Bounds {
  readonly maxMemory: number
  readonly #options: CheckOptions
  readonly #started = performance.now()
  #reported = this.#started
  #reportedStates = 0
  #states: number | undefined
  /** Seconds spent before this run. */
  #before = 0

  constructor(options: CheckOptions) {
    this.#options = options
    this.maxMemory = options.maxMemory ?? DEFAULT_MEMORY
  }

  /** Seconds since the check began, those before it was resumed included. */
  get seconds(): number {
    return this.#before + this.#own
  }

  get #own(): number {
    return (performance.now() - this.#started) / 1000
  }

  /** The check was begun earlier: so long ago, and so many states are known from then. */
  goOnFrom(seconds: number, states: number): void {
    this.#before = seconds - this.#own
    this.#reportedStates = states
  }

  /** A limit of states that holds where the caller gave none. */
  limitStates(states: number | undefined): void {
    this.#states = states
  }

  /** Whether time is up or the caller wants to stop. */
  interrupted(): 'seconds' | 'stopped' | undefined {
    if (this.#options.shouldStop?.()) return 'stopped'
    if (this.#options.maxSeconds !== undefined && this.#own >= this.#options.maxSeconds) return 'seconds'
    return undefined
  }

  /** The bound that was hit, if any. Also reports progress when a second has passed. */
  hit(counts: Counts): Bound | undefined {
    this.report(counts)
    const maxStates = this.#options.maxStates ?? this.#states
    if (maxStates !== undefined && counts.states >= maxStates && counts.queued > 0) return 'states'
    if (counts.bytes > this.maxMemory) return 'memory'
    return this.interrupted()
  }

  report(counts: Counts): void {
    const now = performance.now()
    if (this.#options.onProgress === undefined || now - this.#reported < 1000) return
    const statesPerSecond = Math.round(((counts.states - this.#reportedStates) / (now - this.#reported)) * 1000)
    this.#reported = now
    this.#reportedStates = counts.states
    const { phase, depth, states, transitions, queued, bytes } = counts
    const bytesPerState = states === 0 ? 0 : bytes / states
    const seconds = this.seconds
    this.#options.onProgress({ phase, depth, states, transitions, queued, statesPerSecond, bytesPerState, seconds })
  }
}
