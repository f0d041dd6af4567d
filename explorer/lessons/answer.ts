/** Questions with the choices that are offered and the right ones among them, from the model. */
import { events, type Step } from '../../model/index.ts'
import { type FieldName, fields } from '../../traces/writers/fields.ts'
import type { Bench } from '../state/run.ts'
import type { Words } from '../words/en.ts'
import { sentenceOf } from '../words/sentence.ts'
import type { Question } from './lesson.ts'

export interface Offer {
  readonly text: string
  readonly isRight: boolean
}

export interface Offered {
  readonly choices: readonly Offer[]
  /** Several may be right, and all of these are asked for. */
  readonly many: boolean
}

const SHOWN = 4

/** Of a question that the model answers at once. @throws RangeError for an event that is not possible here */
export const offered = (bench: Bench, steps: readonly Step[], question: Question, w: Words): Offered => {
  const world = steps.at(-1)?.world ?? bench.initial
  if (question.ask === 'next') return { many: true, choices: next(bench, world, w) }
  if (question.ask === 'field') {
    const { after, field, connection } = question
    const step = events(bench.model, world).find(
      ({ event: e }) => e.rule === after.rule && e.group === after.group && e.choice === after.choice,
    )
    if (step === undefined) throw new RangeError(`${after.rule} is not possible here`)
    const valueIn = (of: Step['world']) => fields[field].of({ ...of.groups[connection]!, listener: of.shared.listener })
    return { many: false, choices: among(field, valueIn(step.world), valueIn(world)) }
  }
  return { many: false, choices: [] }
}

const next = (bench: Bench, world: Step['world'], w: Words): Offer[] => {
  const enabled = events(bench.model, world)
  const several = world.groups.length > 1
  const text = (rule: string, note: string, group: number | undefined): string =>
    `${sentenceOf({ rule }, note, w)}${several && group !== undefined ? ` (${w.bench.connection(group + 1)})` : ''} ${note}`.trim()
  const right = enabled.map(({ event, note }): Offer => ({ text: text(event.rule, note, event.group), isRight: true }))
  const possible = new Set(enabled.map(({ event }) => event.rule))
  const wrong = [...bench.model.rules, ...bench.model.synchronous]
    .filter(({ name }) => !possible.has(name))
    .map(({ name }): Offer => ({ text: text(name, '', undefined), isRight: false }))
  return [...right.slice(0, SHOWN), ...wrong.slice(0, SHOWN)].sort((a, b) => a.text.localeCompare(b.text))
}

const states = [
  'LISTEN',
  'SYN_RECV',
  'ESTABLISHED',
  'CLOSE_WAIT',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSED',
  'SYN_SENT',
]

const among = (field: FieldName, right: string, before: string): Offer[] => {
  const length = /\d+$/.exec(right)
  const others = length
    ? [-1, 0, 1].map((by) => right.replace(/\d+$/, `${Math.max(0, Number(length[0]) + by)}`))
    : field.endsWith('state')
      ? [before, ...states].slice(0, 6)
      : [before]
  return [...new Set([right, ...others])].sort().map((text) => ({ text, isRight: text === right }))
}
