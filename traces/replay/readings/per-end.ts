/** How each end is held against the packets: which of them are old, which are two halves of one. */
import type { Observation } from '../packets/observation.ts'
import { isLateAfterFins, oldDuplicates, withClocks } from './old-duplicates.ts'
import type { Assumption } from './reading.ts'
import { joinedSynAck } from './split-syn-ack.ts'

export interface PerEnd {
  readonly forClient: readonly Observation[]
  readonly forServer: readonly Observation[]
  /** Clocks matter: there are segments from long ago, or late ones after both FINs. */
  readonly clocked: boolean
  readonly assumes: readonly Assumption[]
}

export const perEnd = (observations: readonly Observation[]): PerEnd => {
  const old = oldDuplicates(observations)
  const clocked = old.size > 0 || isLateAfterFins(observations)
  const all = clocked ? withClocks(observations, old) : observations
  const joined = joinedSynAck(all)
  const syns = new Set(observations.filter((o) => o.flags.includes('S')).map((o) => o.packet))
  const olds = [...old]
    .filter(([packet]) => !syns.has(packet))
    .map(([packet, seconds]) => {
      const words = `packet ${packet} is an old duplicate or forged: its timestamp is ${Math.round(seconds)} s behind`
      return { id: 'old-duplicate' as const, packets: [packet], ceiling: 'conforms' as const, words }
    })
  return {
    forClient: all,
    forServer: joined ?? all,
    clocked,
    assumes: [...olds, ...(joined ? [SPLIT] : [])],
  }
}

const SPLIT: Assumption = {
  id: 'split-syn-ack',
  packets: [],
  ceiling: 'conforms',
  words: 'the server splits its SYN+ACK into an ACK and a SYN',
}
