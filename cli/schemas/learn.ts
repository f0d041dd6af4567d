/** A learnt machine, or why none was. */
import * as v from 'valibot'
import { count, words } from './common.ts'

const difference = v.looseObject({
  word: words,
  learnt: words,
  other: words,
  pairs: count,
  confirmed: v.boolean(),
})

const about = { target: v.string(), guides: words, seed: count }

const machine = v.looseObject({
  ...about,
  seconds: v.number(),
  inputs: words,
  states: v.array(v.looseObject({ access: words })),
  transitions: v.array(v.looseObject({ from: count, input: v.string(), to: count, output: v.string() })),
  queries: count,
  steps: count,
  tests: count,
  rounds: count,
  repeated: count,
  stopped: v.optional(v.literal(true)),
  against: v.optional(v.string()),
  differences: v.optional(v.array(difference)),
})

const notLearnt = v.looseObject({
  ...about,
  notLearnt: v.looseObject({ why: v.string(), word: words, answers: v.array(words) }),
})

export const learn = v.union([machine, notLearnt])
