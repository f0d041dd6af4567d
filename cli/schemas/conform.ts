/** Verdicts of requirements. */
import * as v from 'valibot'
import { count, words } from './common.ts'

const judged = v.looseObject({
  id: v.string(),
  level: v.picklist(['MUST', 'SHOULD', 'MAY', 'RULE']),
  says: v.string(),
  source: v.string(),
  verdict: v.picklist(['meets', 'departs', 'not decided']),
  because: v.optional(v.string()),
  packets: v.optional(
    v.array(
      v.looseObject({ at: v.number(), from: v.picklist(['tester', 'target']), port: v.number(), text: v.string() }),
    ),
  ),
  sameAs: v.optional(words),
})

export const conform = v.looseObject({
  target: v.string(),
  meets: count,
  departs: count,
  notDecided: count,
  requirements: v.array(judged),
})
