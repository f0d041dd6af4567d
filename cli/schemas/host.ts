/** A host and its listeners. */
import * as v from 'valibot'
import { count, words } from './common.ts'

const finding = v.strictObject({
  id: v.string(),
  certainty: v.picklist(['certain', 'likely']),
  words: v.string(),
  shownBy: words,
  peerSees: v.optional(v.string()),
  property: v.optional(v.string()),
  rule: v.string(),
  changes: v.array(v.strictObject({ what: v.string(), words: v.string(), knob: v.optional(v.string()) })),
})

export const host = v.looseObject({
  conclusion: v.string(),
  listeners: v.array(
    v.looseObject({ listener: v.string(), queue: count, requests: count, findings: v.array(finding) }),
  ),
  findings: v.array(finding),
  notes: words,
  model: v.record(v.string(), words),
})
