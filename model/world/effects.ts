/** Effects: what was observable on a step at which end, as strings that properties and people read. */
import { type Counter, counters } from '../counters.ts'
import type { Reaction } from '../reaction.ts'
import type { Segment } from '../segment.ts'
import type { Seq } from '../sequence.ts'

export type End = 'client' | 'server'

const spell = (s: Segment): string =>
  `[${s.flags}] ${s.seq}+${s.len}${s.ack === undefined ? '' : ` ack ${s.ack}`}${s.of === undefined ? '' : ` of ${s.of}`}`

/** What a reaction shows: the segment that was received, those that were sent, counters. */
export const effectsOf = (end: End, r: Pick<Reaction<unknown>, 'send' | 'count'>, seen?: Segment): string[] => [
  ...(seen ? [`${end} received ${spell(seen)}`] : []),
  ...r.send.map((s) => `${end} sent ${spell(s)}`),
  ...r.count.map((c) => `${end} counted ${c}`),
]

const pattern = /^(client|server) (received|sent) \[([SFR.]*)\] (\d+)\+(\d+)(?: ack (\d+))?(?: of (\d+))?$/

interface Seen {
  readonly end: End
  readonly verb: 'received' | 'sent'
  readonly segment: Segment
}

const parsed = new Map<string, Seen | undefined>()

const parse = (effect: string): Seen | undefined => {
  const m = pattern.exec(effect)
  if (m === null) return undefined
  const segment: Segment = {
    flags: m[3] as Segment['flags'],
    seq: Number(m[4]) as Seq,
    len: Number(m[5]),
    ...(m[6] === undefined ? {} : { ack: Number(m[6]) as Seq }),
    ...(m[7] === undefined ? {} : { of: Number(m[7]) }),
  }
  return { end: m[1] as End, verb: m[2] as Seen['verb'], segment }
}

/** Properties read the same few effects again and again: each is parsed once. */
const read = (effect: string): Seen | undefined => {
  if (!parsed.has(effect)) parsed.set(effect, parse(effect))
  return parsed.get(effect)
}

const segments = (effects: readonly string[], verb: Seen['verb'], end?: End): Segment[] =>
  effects.flatMap((effect) => {
    const seen = read(effect)
    return seen?.verb === verb && (end === undefined || seen.end === end) ? [seen.segment] : []
  })

/** The segment that a step delivered, to that end if one is named. */
export const receivedIn = (effects: readonly string[], end?: End): Segment | undefined =>
  segments(effects, 'received', end)[0]

/** The segments that a step sent, from that end if one is named. */
export const sentIn = (effects: readonly string[], end?: End): Segment[] => segments(effects, 'sent', end)

/** How much a counter rose, at either end. */
export const countIn = (effects: readonly string[], counter: Counter): number =>
  effects.filter((e) => e.endsWith(` counted ${counter}`)).length

/** All counters that rose, with by how much. */
export const countersIn = (effects: readonly string[], end?: End): Partial<Record<Counter, number>> => {
  const sums: Partial<Record<Counter, number>> = {}
  for (const e of effects) {
    const [owner, verb, name] = e.split(' ')
    if (verb !== 'counted' || (end !== undefined && owner !== end) || !(name! in counters)) continue
    sums[name as Counter] = (sums[name as Counter] ?? 0) + 1
  }
  return sums
}
