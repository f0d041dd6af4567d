/** Where an end stood when the capture began, read ahead from its own first packets and what the other end acknowledges. */
import { add, before, distance, later, type Seq } from '../../../model/index.ts'
import type { Observation, Side } from '../packets/observation.ts'

export interface Numbers {
  /** SND.UNA: what the other end had surely received lies before it. */
  readonly una: Seq
  /** SND.NXT: what it had sent lies before it. */
  readonly nxt: Seq
  /** Numbers between that the other end acknowledges on its own, in order. */
  readonly cuts: readonly Seq[]
}

/** More than this was not under way: bytes. Numbers that are farther off are of something else. */
const MOST = 2 ** 20

/**
 * @param beginning the packets up to the next SYN
 * @param underWay what the end is only later seen to have repeated, or to have had acknowledged, was sent before, too
 */
export const endNumbers = (beginning: readonly Observation[], side: Side, underWay: boolean): Numbers => {
  const all = beginning.filter(({ forged }) => !forged)
  const own = all.filter((o) => o.from === side && o.seq !== undefined && !/[RS]/.test(o.flags))
  const heard = all.filter((o) => o.from !== side && o.ack !== undefined && !o.flags.includes('S'))
  const start = own[0]?.seq ?? heard[0]?.ack ?? all.find((o) => o.from === side && o.seq !== undefined)?.seq
  if (start === undefined) return { una: add(1 as Seq, 0), nxt: 1 as Seq, cuts: [] }
  const near = (n: Seq): boolean => Math.abs(distance(start, n)) <= MOST
  const acks = heard.map((o) => o.ack!).filter(near)
  const nxt = sentBefore(all, side, start, underWay, near)
  const firsts = own.filter((o) => endOf(o) !== o.seq && near(o.seq!)).map((o) => o.seq!)
  const una = [nxt, ...acks.slice(0, 1), ...firsts].reduce((a, b) => (before(b, a) ? b : a))
  const edges = heard.flatMap((o) => [o.ack!, ...(o.sack ?? []).flat()])
  const cuts = [...new Set(edges)].filter((n) => before(una, n) && before(n, nxt))
  return { una, nxt, cuts: cuts.sort((a, b) => distance(b, a)) }
}

/** The first new number that it may use. */
const sentBefore = (
  all: readonly Observation[],
  side: Side,
  start: Seq,
  underWay: boolean,
  near: (n: Seq) => boolean,
): Seq => {
  let nxt = start
  let seen: Seq | undefined
  for (const o of all) {
    if (o.from !== side) {
      // Until the end is heard itself, all that is acknowledged was sent before; then, until it is heard to be answered.
      if (o.ack === undefined || /[RS]/.test(o.flags) || !near(o.ack)) continue
      if (seen === undefined || (underWay && before(seen, o.ack))) nxt = later(nxt, o.ack)
      if (seen !== undefined && before(start, o.ack) && !before(seen, o.ack)) break
    } else if (o.seq !== undefined && !/[RS]/.test(o.flags) && near(o.seq)) {
      if (seen !== undefined && underWay && before(seen, o.seq)) return later(nxt, o.seq)
      seen = seen === undefined ? endOf(o) : later(seen, endOf(o))
    }
  }
  return nxt
}

const endOf = (o: Observation): Seq => add(o.seq!, o.len + (o.flags.includes('F') ? 1 : 0))
