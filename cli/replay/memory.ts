/** How much memory the replay of a capture takes. */
import { setFlagsFromString } from 'node:v8'
import type { Capture } from '../../traces/index.ts'

/** In a capture of so many connections or fewer one may be long: most of its packets are looked at once, and let go of. */
const FEW = 100
/** By how much of what is in use the heap may grow before what was let go of is collected: percent. V8's own factor is up to four. */
const GROWING = 30

/**
 * With few connections, what is let go of is collected soon; with many there is little of it beside what is kept. Not before V8
 * has the program: it takes code that was compiled under other flags for none of its own.
 */
export const collectSoon = ({ connections }: Pick<Capture, 'connections'>): void => {
  if (connections.length <= FEW) growBy(GROWING)
}

/** As V8 does of its own accord. */
export const collectAsUsual = (): void => growBy(0)

const growBy = (percent: number): void => setFlagsFromString(`--heap-growing-percent=${percent}`)
