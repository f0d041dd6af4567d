/** Connections whose beginning the capture does not show, each with what must have been before. */
import type { Connection } from '../../capture.ts'
import type { Observation } from '../packets/observation.ts'
import { withPrologues } from './prologue.ts'
import { assuming, type Captured, type Reading } from './reading.ts'

/**
 * The histories that lead to the first packet, the likeliest first. The first packet of an end may be owed to what came before
 * the capture: there a failure is no divergence.
 */
export const histories = (r: Reading, { connection }: Captured): readonly Reading[] => {
  const found = withPrologues(r.packets)
  if (found[0] === r.packets) return [r]
  const words = beginsWith(connection, r.packets)
  const firsts = (['client', 'server'] as const).flatMap((side) => {
    const first = r.packets.find(({ from, forged }) => from === side && !forged)
    return first === undefined ? [] : [first.packet]
  })
  return found.map((packets) =>
    assuming(r, { packets }, { id: 'midstream', packets: firsts, ceiling: 'conforms', words, excuses: firsts }),
  )
}

const beginsWith = ({ clientKnownBy }: Connection, observations: readonly Observation[]): string => {
  const first = observations.find(({ forged }) => !forged)!
  const guess =
    clientKnownBy === 'port' ? ', by its port' : clientKnownBy === 'first packet' ? ', as it speaks first' : ''
  const client = guess === '' ? '' : `; which end is the client is a guess${guess}`
  const missing =
    first.flags === 'S.'
      ? `packet ${first.packet} is a SYN+ACK, whose SYN it does not show`
      : `its first packet, ${first.packet}, is no SYN`
  return `the capture begins in the middle of the connection: ${missing}${client}`
}
