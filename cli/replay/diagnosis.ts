/** A diagnosis in words: what happened, why, by which packets, how sure, and what would decide. */
import type { Alternative, Cause, Diagnosis } from '../../traces/index.ts'
import type { Page } from '../words/page.ts'
import { paragraph } from '../words/paragraph.ts'
import { ranges } from './numbers.ts'

const LABEL = 10
const INDENT = ' '.repeat(5)

const line = (what: string, text: string, page: Page): string =>
  paragraph(page, `${INDENT}${page.paint('dim', what.padEnd(LABEL))}`, text)

/** In one sentence: enough for one among many. */
export const diagnosisLine = ({ id, certainty, words }: Diagnosis, page: Page): string =>
  paragraph(page, `   ${page.paint(['bold', 'yellow'], id)} (${certainty}): `, words, INDENT.length)

export const diagnosisText = (d: Diagnosis, page: Page): string =>
  [
    diagnosisLine(d, page),
    line('cause', d.cause, page),
    ...(d.proof === undefined ? [] : [line('proof', d.proof, page)]),
    ...(d.supports === undefined ? [] : [line('counted', d.supports, page)]),
    ...d.causes.filter(({ words }) => words !== d.cause).map((c) => line('or', causeText(c, d.causes[0]!), page)),
    line('rule', d.clause, page),
    line('shown by', `${d.packets.length === 1 ? 'packet' : 'packets'} ${ranges(d.packets)}`, page),
    ...(d.decides === undefined ? [] : [line('decides', d.decides, page)]),
  ].join('')

const causeText = ({ words, cost, ruledOut }: Cause, first: Cause): string => {
  if (ruledOut !== undefined) return `${words}: ruled out, ${ruledOut}`
  return cost === first.cost ? words : `${words}: it has to invent ${cost}, not ${first.cost}`
}

/** What else the ends could be at the end of the capture, and what that would have to invent. */
export const alternativesText = (alternatives: readonly Alternative[], page: Page): string => {
  if (alternatives.length === 0) return ''
  const lines = alternatives.map(({ end, state, cost, invents }) =>
    line(end, `${state}, if ${invents.join('; ')} (${cost} to invent)`, page),
  )
  return `   in the end it could also be\n${lines.join('')}`
}
