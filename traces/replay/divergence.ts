/** Where the capture leaves the model: the packet, why, and what the model would have allowed there. */
import { notation, type Seq } from '../../model/index.ts'
import type { Actor } from './actors/hypothesis.ts'
import { asCaptured, inOwnNumbers, type OwnNumbers } from './packets/numbers.ts'
import { type Observation, peerOf } from './packets/observation.ts'
import { noLookahead } from './search/lookahead.ts'
import { Node, type Searched } from './search/search.ts'
import { explanations } from './search/successors.ts'

export interface Divergence {
  readonly packet: number
  readonly reason: string
  /** What the same end could have sent instead. */
  readonly allowed: readonly string[]
}

/** Says why nothing explains the packet. `numbers`: sequence numbers that occur in the capture, tried in its place. */
export const divergenceOf = <E>(observations: readonly Observation[], searched: Searched<E>): Divergence => {
  const { actor, failedAt = 0, failed } = searched
  const own = inOwnNumbers(observations)
  const all = own.observations()
  const o = failed ?? all[failedAt]!
  const nodes = lastNodes(searched)
  const states = [...new Set(nodes.map((n) => actor.name(n.h.end)))].sort()
  const situation = { nodes, actor, numbers: numbersIn(all.slice(0, failedAt + 1)), own }
  return {
    packet: o.packet,
    reason: `${nearMiss(o, situation)}; by then the ${o.from} is ${states.join(' or ')}`,
    allowed: allowedOf(o, situation),
  }
}

/** The hypotheses that explain all before the packet. */
const lastNodes = <E>(searched: Searched<E>): Node<E>[] => {
  const step = searched.transitions.length - 1
  return searched.transitions[step]!.to.all.flatMap(({ isHeld }, i) => (isHeld ? [new Node(searched, step, i)] : []))
}

interface Situation<E> {
  readonly nodes: readonly Node<E>[]
  readonly actor: Actor<E>
  readonly numbers: readonly Seq[]
  readonly own: OwnNumbers
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

const explains = <E>(x: Observation, { nodes, actor }: Situation<E>): boolean =>
  nodes.some((n) => explanations(n.h, x, actor, noLookahead).length > 0)

const nearMiss = <E>(o: Observation, s: Situation<E>): string => {
  const shown = notation(asCaptured(o.segment, o.from, s.own))
  const peer = peerOf(o.from)
  for (const ack of s.numbers)
    if (o.ack !== undefined && ack !== o.ack && explains({ ...o, ack }, s))
      return `the ${o.from} sends ${shown}, but what it can acknowledge is ${s.own.toCapture(peer, ack)}`
  for (const seq of s.numbers)
    if (o.seq !== undefined && seq !== o.seq && explains({ ...o, seq }, s))
      return `the ${o.from} sends ${shown}, but its sequence number can only be ${s.own.toCapture(o.from, seq)}`
  const { seq: _, ...anySeq } = o
  if (o.seq !== undefined && explains(anySeq, s))
    return `the ${o.from} sends ${shown} with a sequence number that it cannot use`
  return `nothing explains ${shown} from the ${o.from}`
}

/** Tries the shapes that a segment without text can have, and keeps those that some hypothesis explains. */
const allowedOf = <E>(o: Observation, s: Situation<E>): string[] => {
  const found = new Set(s.nodes.flatMap((n) => n.h.unseen.map((x) => notation(asCaptured(x, o.from, s.own)))))
  const peer = peerOf(o.from)
  const { seq: _, ack: __, ...open } = o
  for (const flags of ['S.', '.', 'F.', 'R.', 'R'] as const)
    for (const ack of flags === 'R' ? [undefined] : s.numbers) {
      const trial: Observation = { ...open, flags, len: 0, ...(ack === undefined ? {} : { ack }) }
      if (explains(trial, s)) found.add(`[${flags}]${ack === undefined ? '' : ` ack ${s.own.toCapture(peer, ack)}`}`)
    }
  return [...found].sort()
}
