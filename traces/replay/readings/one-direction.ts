/**
 * A capture of one direction (asymmetric routing, `src host`): what the end that is seen acknowledges proves what came to it.
 * Its states can be told as far as they hang on that; FINs and RSTs that came, and what was never acknowledged, stay unknown.
 */
import { peerOf } from '../packets/observation.ts'
import { withOtherSide } from './other-direction.ts'
import { assuming, type Reading } from './reading.ts'

/** With what must have come from the end of which nothing is seen, though packets of the other one acknowledge it. */
export const oneDirection = (r: Reading): Reading => {
  const silent = (['client', 'server'] as const).find((side) => r.packets.every((o) => o.from !== side))
  const heard = r.packets.find((o) => o.ack !== undefined && !o.flags.includes('R') && !o.forged)
  if (silent === undefined || heard === undefined) return r
  const seen = peerOf(silent)
  const words =
    `the capture shows nothing that the ${silent} sent, though packet ${heard.packet} acknowledges it: one direction is missing; ` +
    `the states of the ${seen} follow from what it acknowledges, a FIN or RST that reached it unseen is left out`
  return assuming(
    r,
    { packets: withOtherSide(r.packets, silent), silent },
    { id: 'one-direction', packets: [heard.packet], ceiling: 'inconclusive', words, excuses: 'all' },
  )
}
