/** Effects: what was observable on a step, as strings that properties and people read. */
import { type Counter, counters } from '../counters.ts'
import type { Reaction } from '../reaction.ts'
import type { Segment } from '../segment.ts'
import type { Seq } from '../sequence.ts'

const spell = (s: Segment): string =>
  `[${s.flags}] ${s.seq}+${s.len}${s.ack === undefined ? '' : ` ack ${s.ack}`}${s.of === undefined ? '' : ` of ${s.of}`}`

export const received = (s: Segment): string => `received ${spell(s)}`
const sent = (s: Segment): string => `sent ${spell(s)}`

/** What a reaction shows: segments in order, then counters. */
export const effectsOf = (r: Pick<Reaction<unknown>, 'send' | 'count'>): string[] => [...r.send.map(sent), ...r.count]

const parse = (effect: string, verb: 'received' | 'sent'): Segment | undefined => {
  const m = new RegExp(`^${verb} \\[([SFR.]*)\\] (\\d+)\\+(\\d+)(?: ack (\\d+))?(?: of (\\d+))?$`).exec(effect)
  if (m === null) return undefined
  return {
    flags: m[1] as Segment['flags'],
    seq: Number(m[2]) as Seq,
    len: Number(m[3]),
    ...(m[4] === undefined ? {} : { ack: Number(m[4]) as Seq }),
    ...(m[5] === undefined ? {} : { of: Number(m[5]) }),
  }
}

const segments = (effects: readonly string[], verb: 'received' | 'sent'): Segment[] =>
  effects.map((e) => parse(e, verb)).filter((s) => s !== undefined)

export const receivedIn = (effects: readonly string[]): Segment | undefined => segments(effects, 'received')[0]
export const sentIn = (effects: readonly string[]): Segment[] => segments(effects, 'sent')
/** How much a counter rose. */
export const countIn = (effects: readonly string[], counter: Counter): number =>
  effects.filter((e) => e === counter).length
/** All counters that rose, with by how much. */
export const countersIn = (effects: readonly string[]): Partial<Record<Counter, number>> => {
  const sums: Partial<Record<Counter, number>> = {}
  for (const e of effects) if (e in counters) sums[e as Counter] = (sums[e as Counter] ?? 0) + 1
  return sums
}
