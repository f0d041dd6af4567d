/** The time of a run, ms since it began. */
import { now } from './native.ts'

export class Clock {
  /** When it began, ms since 1970. */
  epoch = 0

  start(): void {
    this.epoch = now()
  }

  time(): number {
    return now() - this.epoch
  }
}
