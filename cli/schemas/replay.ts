/** Captures that were replayed: files, and connections as they end. */
import * as v from 'valibot'
import { count, numbers, words } from './common.ts'

const verdict = v.picklist(['conforms', 'diverges', 'inconclusive'])
const certainty = v.picklist(['certain', 'likely', 'possible'])

const cause = v.looseObject({
  words: v.string(),
  cost: v.optional(v.number()),
  ruledOut: v.optional(v.string()),
  meets: v.optional(numbers),
  loses: v.optional(numbers),
  counted: v.optional(v.strictObject({ counter: v.string(), times: count })),
})

const diagnosis = v.strictObject({
  id: v.string(),
  words: v.string(),
  cause: v.string(),
  causes: v.array(cause),
  packets: numbers,
  certainty,
  proof: v.optional(v.string()),
  supports: v.optional(v.string()),
  decides: v.optional(v.string()),
  clause: v.string(),
})

const states = v.strictObject({ client: words, server: words })
const belief = v.looseObject({ packet: v.number(), client: words, server: words, possible: states })

const late = v.strictObject({
  packet: v.number(),
  leavesBefore: v.optional(v.number()),
  copyOf: v.optional(v.number()),
  comesBefore: v.optional(v.number()),
  of: v.optional(count),
  words: v.string(),
})

const connection = v.looseObject({
  client: v.string(),
  server: v.string(),
  verdict: verdict,
  packets: count,
  tap: v.picklist(['client', 'server', 'middle', 'unknown']),
  forged: numbers,
  fits: states,
  reason: v.optional(v.string()),
  supposes: v.optional(words),
  contradictions: v.optional(words),
  divergence: v.optional(v.looseObject({ packet: v.number(), reason: v.string(), allowed: words })),
  invents: words,
  alternatives: v.array(
    v.looseObject({ end: v.picklist(['client', 'server']), state: v.string(), cost: v.number(), invents: words }),
  ),
  diagnoses: v.array(diagnosis),
  timeline: v.array(belief),
  late: v.optional(v.array(late)),
})

const file = v.looseObject({
  file: v.string(),
  packets: count,
  notes: words,
  verdict: verdict,
  reason: v.optional(v.string()),
  conclusion: v.string(),
  connections: v.array(connection),
  contradictions: words,
  listeners: v.array(v.looseObject({ listener: v.string(), connections: count })),
  hosts: v.array(v.looseObject({ address: v.string(), side: v.picklist(['client', 'server']), fits: words })),
  diagnoses: v.array(diagnosis),
})

const unreadable = v.looseObject({ file: v.string(), error: v.looseObject({ code: v.string(), message: v.string() }) })

export const follow = v.looseObject({
  ...connection.entries,
  because: v.string(),
  at: v.number(),
  conclusion: v.string(),
})

export const replay = v.union([file, unreadable, v.looseObject({ files: v.array(v.union([file, unreadable])) })])
