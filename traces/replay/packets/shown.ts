/** Which numbers the packets of a capture show: where text that passed at any time begins and ends, and what was acknowledged. */
import { add, before, distance, type Seq } from '../../../model/index.ts'
import type { Observation, Side } from './observation.ts'

export interface Shown {
  /** The first of the numbers before `end` that packets show without a gap, in whatever order they came. */
  startOf(side: Side, end: Seq): Seq
  /** Nothing acknowledges more than `last`, until the end that sent `o` opens anew. */
  isUnheard(o: Observation, last: Seq): boolean
}

export const shownBy = (observations: readonly Observation[]): Shown => {
  const pieces = { client: gapless(observations, 'client'), server: gapless(observations, 'server') }
  const acks = { client: acknowledged(observations, 'client'), server: acknowledged(observations, 'server') }
  return {
    startOf: (side, end) => pieces[side].find(({ from, to }) => before(from, end) && !before(to, end))?.from ?? end,
    isUnheard: ({ from, packet }, last) => {
      const most = acks[from].findLast(({ since }) => since <= packet)?.most
      return most === undefined || !before(last, most)
    },
  }
}

interface Piece {
  readonly from: Seq
  readonly to: Seq
}

/** The stretches of text that packets of an end show. */
const gapless = (observations: readonly Observation[], side: Side): Piece[] => {
  const [first] = observations.filter((o) => o.from === side && o.seq !== undefined)
  const texts = observations
    .filter(
      (o) => o.from === side && o.seq !== undefined && (o.len > 0 || o.flags.includes('F')) && !o.flags.includes('S'),
    )
    .map((o) => ({ from: o.seq!, to: add(o.seq!, o.len + (o.flags.includes('F') ? 1 : 0)) }))
    .sort((a, b) => distance(first!.seq!, a.from) - distance(first!.seq!, b.from))
  const pieces: Piece[] = []
  for (const text of texts) {
    const last = pieces.at(-1)
    if (last === undefined || before(last.to, text.from)) pieces.push(text)
    else if (before(last.to, text.to)) pieces[pieces.length - 1] = { from: last.from, to: text.to }
  }
  return pieces
}

/** The most that the other end acknowledges, by incarnation of this one: from which packet on, and what. */
const acknowledged = (observations: readonly Observation[], side: Side): { since: number; most?: Seq }[] => {
  const incarnations: { since: number; most?: Seq }[] = [{ since: 0 }]
  for (const o of observations) {
    if (o.from === side && o.flags.includes('S')) incarnations.push({ since: o.packet })
    const now = incarnations.at(-1)!
    if (o.from !== side && o.ack !== undefined && (now.most === undefined || before(now.most, o.ack))) now.most = o.ack
  }
  return incarnations
}
