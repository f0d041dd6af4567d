/** Where the capture leaves the model: the packet, why, and what the model would have allowed there. */
import { notation, type Seq } from '../../model/index.ts'
import type { Actor } from './actors/hypothesis.ts'
import type { Observation } from './packets/observation.ts'
import type { Node, Searched } from './search/search.ts'
import { explanations } from './search/ways.ts'

export interface Divergence {
  readonly packet: number
  readonly reason: string
  /** What the same end could have sent instead. */
  readonly allowed: readonly string[]
}

/** Says why nothing explains the packet. `numbers`: sequence numbers that occur in the capture, tried in its place. */
export const divergenceOf = <E>(
  observations: readonly Observation[],
  { actor, layers, failedAt = 0, failed }: Searched<E>,
): Divergence => {
  const o = failed ?? observations[failedAt]!
  const nodes = layers[failedAt]!
  const states = [...new Set(nodes.map((n) => actor.name(n.h.end)))].sort()
  const numbers = numbersIn(observations.slice(0, failedAt + 1))
  return {
    packet: o.packet,
    reason: `${nearMiss(o, nodes, actor, numbers)}; by then the ${o.from} is ${states.join(' or ')}`,
    allowed: allowedOf(o, nodes, actor, numbers),
  }
}

/** Every number of the connection so far that could stand in an acknowledgment field. */
const numbersIn = (observations: readonly Observation[]): Seq[] => [
  ...new Set(
    observations.flatMap((o) => {
      const end = o.seq === undefined ? [] : [(o.seq + o.len + (/[SF]/.test(o.flags) ? 1 : 0)) % 2 ** 32]
      return [...end, ...(o.ack === undefined ? [] : [o.ack])] as Seq[]
    }),
  ),
]

/** Nothing is known of what follows. */
const anyFuture = {
  outlook: {
    isOrdered: false,
    fate: () => 'unknown' as const,
    tellsOfMore: () => false,
    isShown: () => true,
    refuses: () => true,
    heedsLateAcks: () => true,
    rulesOut: () => false,
    repeatsSynAck: () => false,
    isHeard: () => false,
    isSaid: () => false,
    isAcknowledged: () => false,
    beyondGap: () => 'perhaps' as const,
  },
  step: 0,
}

const explains = <E>(x: Observation, nodes: readonly Node<E>[], actor: Actor<E>): boolean =>
  nodes.some((n) => explanations(n.h, x, actor, anyFuture).length > 0)

const nearMiss = <E>(o: Observation, nodes: readonly Node<E>[], actor: Actor<E>, numbers: readonly Seq[]): string => {
  const shown = notation(o.segment)
  for (const ack of numbers)
    if (o.ack !== undefined && ack !== o.ack && explains({ ...o, ack }, nodes, actor))
      return `the ${o.from} sends ${shown}, but what it can acknowledge is ${ack}`
  for (const seq of numbers)
    if (o.seq !== undefined && seq !== o.seq && explains({ ...o, seq }, nodes, actor))
      return `the ${o.from} sends ${shown}, but its sequence number can only be ${seq}`
  const { seq: _, ...anySeq } = o
  if (o.seq !== undefined && explains(anySeq, nodes, actor))
    return `the ${o.from} sends ${shown} with a sequence number that it cannot use`
  return `nothing explains ${shown} from the ${o.from}`
}

/** Tries the shapes that a segment without text can have, and keeps those that some hypothesis explains. */
const allowedOf = <E>(
  o: Observation,
  nodes: readonly Node<E>[],
  actor: Actor<E>,
  numbers: readonly Seq[],
): string[] => {
  const found = new Set(nodes.flatMap((n) => n.h.unseen.map((s) => notation(s))))
  const { seq: _, ack: __, ...open } = o
  for (const flags of ['S.', '.', 'F.', 'R.', 'R'] as const)
    for (const ack of flags === 'R' ? [undefined] : numbers) {
      const trial: Observation = { ...open, flags, len: 0, ...(ack === undefined ? {} : { ack }) }
      if (explains(trial, nodes, actor)) found.add(`[${flags}]${ack === undefined ? '' : ` ack ${ack}`}`)
    }
  return [...found].sort()
}
