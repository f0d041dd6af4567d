/** Why a property says what it says at one moment: its sub-terms, each with the values that it read. */
import { asksAt, explainTerm, judge, type Moment, type Term, type View } from '../../checker/index.ts'
import type { AskedProperty, Bench } from './run.ts'

export interface ExplainedTerm extends Term {
  readonly name: 'given' | 'then' | 'when'
}

export interface Explanation {
  readonly verdict: ReturnType<typeof judge>['verdict']
  /** From 1; absent where the property is asked of the world as a whole. */
  readonly connection?: number
  readonly terms: readonly ExplainedTerm[]
}

/** @returns undefined where the property is not asked: of steps, at the beginning */
export const explain = (
  bench: Bench,
  { question }: AskedProperty,
  moment: Moment,
  group?: number,
): Explanation | undefined => {
  const said = judge(bench.model, question, moment)
  const asked = asksAt(bench.model, question, moment)
  const wanted = group ?? said.group
  const at = asked.find((a) => a.group === wanted) ?? asked.find((a) => a.group < 0) ?? asked[0]
  if (at === undefined) return undefined
  const term = (name: ExplainedTerm['name'], predicate: (view: View) => boolean): ExplainedTerm => ({
    name,
    ...explainTerm(predicate, at.view, elsewhere),
  })
  const terms =
    'when' in question
      ? [term('when', question.when)]
      : [...(question.given ? [term('given', question.given)] : []), term('then', question.then)]
  return { verdict: said.verdict, ...(at.group >= 0 && { connection: at.group + 1 }), terms }
}

const states = [
  'CLOSED',
  'SYN_SENT',
  'SYN_RECV',
  'ESTABLISHED',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'CLOSE_WAIT',
  'CLOSING',
  'LAST_ACK',
  'TIME_WAIT',
]
const kinds = ['none', 'request', 'child']

/** What a state or the kind of an object could be instead. */
const elsewhere = (path: readonly (string | number)[]): readonly string[] => {
  const last = path.at(-1)
  if (last === 'state') return states
  return last === 'kind' ? kinds : []
}
