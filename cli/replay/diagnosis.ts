/** A diagnosis in words: what happened, why, by which packets, how sure, and what would decide. */
import type { Alternative, Cause, Diagnosis } from '../../traces/index.ts'
import type { Paint } from '../words/paint.ts'
import { wrapped } from '../words/table.ts'
import { ranges } from './numbers.ts'

const WIDTH = 96
const LABEL = 10
const INDENT = ' '.repeat(5)

const line = (what: string, text: string, paint: Paint): string =>
  `${INDENT}${paint('dim', what.padEnd(LABEL))}${wrapped(text, WIDTH, ' '.repeat(INDENT.length + LABEL))}\n`

/** In one sentence: enough for one among many. */
export const diagnosisLine = ({ id, certainty, words }: Diagnosis, paint: Paint): string =>
  `   ${paint(['bold', 'yellow'], id)} (${certainty}): ${wrapped(words, WIDTH, INDENT)}\n`

export const diagnosisText = (d: Diagnosis, paint: Paint): string =>
  [
    diagnosisLine(d, paint),
    line('cause', d.cause, paint),
    ...(d.proof === undefined ? [] : [line('proof', d.proof, paint)]),
    ...(d.supports === undefined ? [] : [line('counted', d.supports, paint)]),
    ...d.causes.filter(({ words }) => words !== d.cause).map((c) => line('or', causeText(c, d.causes[0]!), paint)),
    line('rule', d.clause, paint),
    line('shown by', `${d.packets.length === 1 ? 'packet' : 'packets'} ${ranges(d.packets)}`, paint),
    ...(d.decides === undefined ? [] : [line('decides', d.decides, paint)]),
  ].join('')

const causeText = ({ words, cost, ruledOut }: Cause, first: Cause): string => {
  if (ruledOut !== undefined) return `${words}: ruled out, ${ruledOut}`
  return cost === first.cost ? words : `${words}: it has to invent ${cost}, not ${first.cost}`
}

/** What else the ends could be at the end of the capture, and what that would have to invent. */
export const alternativesText = (alternatives: readonly Alternative[], paint: Paint): string => {
  if (alternatives.length === 0) return ''
  const lines = alternatives.map(({ end, state, cost, invents }) =>
    line(end, `${state}, if ${invents.join('; ')} (${cost} to invent)`, paint),
  )
  return `   in the end it could also be\n${lines.join('')}`
}
