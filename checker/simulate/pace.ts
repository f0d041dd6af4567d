import type { SimulateOptions, SimulationReport } from './report.ts'

/** Calls between two looks at the clock. */
const OFTEN = 256

/** Watches the clock and the caller's wish to stop, and reports progress once a second. */
export class Pace {
  steps = 0
  bound: SimulationReport['bound']
  readonly #options: SimulateOptions
  readonly #started = performance.now()
  #reported = this.#started
  #reportedSteps = 0
  #looks = 0

  constructor(options: SimulateOptions) {
    this.#options = options
  }

  get seconds(): number {
    return (performance.now() - this.#started) / 1000
  }

  step(run: number): void {
    this.steps++
    this.look(run)
  }

  look(run: number): void {
    if (++this.#looks % OFTEN !== 0) return
    const { shouldStop, maxSeconds, onProgress } = this.#options
    if (shouldStop?.()) this.bound = 'stopped'
    else if (maxSeconds !== undefined && this.seconds >= maxSeconds) this.bound = 'seconds'
    const now = performance.now()
    if (onProgress === undefined || now - this.#reported < 1000) return
    const stepsPerSecond = Math.round(((this.steps - this.#reportedSteps) / (now - this.#reported)) * 1000)
    this.#reported = now
    this.#reportedSteps = this.steps
    onProgress({ runs: run, steps: this.steps, stepsPerSecond, seconds: this.seconds })
  }
}
