/** `halfopen list`: what there is, by name. */
import { type Command, Option } from 'commander'
import { counters, dialectFields, dialectTable, knobs, profiles } from '../../model/index.ts'
import { claims, properties, scenarios } from '../../properties/index.ts'
import { requirements } from '../../traces/conform/index.ts'
import { diagnosisMeanings, findingMeanings } from '../../traces/index.ts'
import { verdictText } from '../claims/verdicts.ts'
import { type Context, hint } from '../context.ts'
import { UsageError } from '../error.ts'
import { answers } from '../explain/answer.ts'
import { errorCodes } from '../explain/error-code.ts'
import { kernelFunctions } from '../explain/kernel-function.ts'
import { states } from '../explain/state.ts'
import { stepKinds } from '../explain/step.ts'
import { unmodelled } from '../explain/unmodelled.ts'
import { writeJson } from '../io.ts'
import { count } from '../words/number.ts'
import { table } from '../words/table.ts'
import { legend, tableHeadings, tableJson, tableRows } from './verdict-table.ts'

/** Per kind: headings, and a row per item. The first column is what `explain` takes. */
const lists = {
  scenarios: {
    headings: ['scenario', 'shows'],
    rows: () => scenarios.map((s) => [s.name, s.shows]),
  },
  properties: {
    headings: ['property', 'kind', 'family', 'says'],
    rows: () => properties.map((p) => [p.id, p.kind, p.family, p.sentence]),
  },
  sysctls: {
    headings: ['sysctl', 'range', 'means'],
    rows: () => knobs.filter((k) => k.is === 'sysctl').map((k) => [k.name, k.range, k.means]),
  },
  options: {
    headings: ['option', 'range', 'means'],
    rows: () =>
      knobs
        .filter((k) => k.is === 'socket option' || k.is === 'argument' || k.is === 'message')
        .map((k) => [k.name, k.range, k.means]),
  },
  unmodelled: {
    headings: ['sysctl', 'means'],
    rows: () => unmodelled.map((u) => [u.name, u.means]),
  },
  imagined: {
    headings: ['no such sysctl', 'instead'],
    rows: () => knobs.filter((k) => k.is === 'no such sysctl').map((k) => [k.name, (k.instead ?? []).join(', ')]),
  },
  kernels: {
    headings: ['kernel', 'means'],
    rows: () => Object.values(profiles).map((p) => [p.name, p.means]),
  },
  counters: {
    headings: ['counter', 'counts'],
    rows: () => Object.entries(counters),
  },
  claims: {
    headings: ['claim', 'verdict', 'says'],
    rows: () => claims.map((c) => [c.id, verdictText(c), c.says]),
  },
  diagnoses: {
    headings: ['diagnosis', 'means', 'source'],
    rows: () => Object.entries(diagnosisMeanings).map(([id, { means, source }]) => [id, means, source]),
  },
  requirements: {
    headings: ['requirement', 'level', 'source', 'says'],
    rows: () => requirements.map((r) => [r.id, r.level, r.source, r.says]),
  },
  findings: {
    headings: ['finding', 'means', 'source'],
    rows: () => Object.entries(findingMeanings).map(([id, { means, source }]) => [id, means, source]),
  },
  states: {
    headings: ['state', 'means'],
    rows: () => states.map((s) => [s.name, s.means]),
  },
  differences: {
    headings: ['difference', 'decides', 'source'],
    rows: () => dialectFields.map((field) => [field, dialectTable[field].decides, dialectTable[field].source]),
  },
  steps: {
    headings: ['step', 'actor', 'source'],
    rows: () => stepKinds().map((s) => [s.name, s.actor, s.source]),
  },
  functions: {
    headings: ['function', 'source of'],
    rows: () => [...kernelFunctions()].map(([name, names]) => [name, count(new Set(names).size, 'name')]),
  },
  answers: {
    headings: ['answer', 'means'],
    rows: () => answers.map((a) => [a.name, a.means]),
  },
  errors: {
    headings: ['error', 'means'],
    rows: () => errorCodes.map((e) => [e.name, e.means]),
  },
} as const satisfies Record<string, { headings: readonly string[]; rows: () => readonly (readonly string[])[] }>

export type Kind = keyof typeof lists
const kinds = Object.keys(lists) as Kind[]

export const addList = (program: Command, context: Context): void => {
  const command = program
    .command('list')
    .description('scenarios, properties, settings, kernels, counters, claims, requirements, and the words of reports')
  command.addArgument(command.createArgument('[kind]', 'one kind of them').choices(kinds))
  command.addOption(new Option('--table', 'of properties: what each world says of each, for every kernel'))
  command.addOption(new Option('--json', 'one document'))
  command.action((kind: Kind | undefined, { json, table: asTable }: { json?: true; table?: true }) => {
    if (asTable) {
      listVerdicts(kind, json === true, context)
      return
    }
    const wanted = kind === undefined ? kinds : [kind]
    if (json) writeJson(context.io, 'list', Object.fromEntries(wanted.map((k) => [k, asObjects(k)])))
    else context.io.out(wanted.map((k) => section(k, context)).join('\n'))
    if (!json) hint(context, 'halfopen explain NAME tells what one of them means and where it comes from')
  })
}

const listVerdicts = (kind: Kind | undefined, json: boolean, { io, paint, width }: Context): void => {
  if (kind !== 'properties')
    throw new UsageError({
      code: 'E_OPTION',
      place: '--table',
      cause: 'is a table of properties',
      remedy: 'halfopen list properties --table',
    })
  if (json) {
    writeJson(io, 'list', { verdicts: tableJson() })
    return
  }
  io.out(`${legend}\n`)
  io.out(
    table(tableHeadings, tableRows(), { paint, width: io.columns === undefined ? Number.POSITIVE_INFINITY : width }),
  )
}

/** Without a terminal a line for each, however long: for grep and its kind. */
const section = (kind: Kind, { io, paint, width }: Context): string =>
  table(lists[kind].headings, lists[kind].rows(), {
    paint,
    width: io.columns === undefined ? Number.POSITIVE_INFINITY : width,
  })

const asObjects = (kind: Kind): Record<string, string>[] => {
  const { headings, rows } = lists[kind]
  return rows().map((row: readonly string[]) =>
    Object.fromEntries(row.map((cell, i) => [i === 0 ? 'name' : headings[i]!, cell])),
  )
}
