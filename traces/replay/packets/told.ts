/** What the packets tell by themselves, before either end is searched: which are old, which are two halves of one. */
import type { Observation } from './observation.ts'
import { isLateAfterFins, oldDuplicates, withClocks } from './oldDuplicates.ts'
import { joinedSynAck } from './splitHandshake.ts'

export interface Told {
  readonly forClient: readonly Observation[]
  readonly forServer: readonly Observation[]
  /** Clocks matter: there are segments from long ago, or late ones after both FINs. */
  readonly clocked: boolean
  /** What is said of these packets, as of an invention. */
  readonly invents: readonly string[]
}

export const toldBefore = (observations: readonly Observation[]): Told => {
  const old = oldDuplicates(observations)
  const clocked = old.size > 0 || isLateAfterFins(observations)
  const all = clocked ? withClocks(observations, old) : observations
  const joined = joinedSynAck(all)
  const syns = new Set(observations.filter((o) => o.flags.includes('S')).map((o) => o.packet))
  const olds = [...old]
    .filter(([packet]) => !syns.has(packet))
    .map(
      ([packet, seconds]) =>
        `packet ${packet} is an old duplicate or forged: its timestamp is ${Math.round(seconds)} s behind`,
    )
  return {
    forClient: all,
    forServer: joined ?? all,
    clocked,
    invents: [...olds, ...(joined ? ['the server splits its SYN+ACK into an ACK and a SYN'] : [])],
  }
}
