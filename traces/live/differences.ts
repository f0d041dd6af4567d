/**
 * In which rules a kernel does as an older or as a newer profile has them, decided by the kernel itself: by paths on which two models
 * part that differ in one rule, and by random runs that only one of the two explains.
 */
import { type Dialect, type KernelProfile, modelOf, profiles } from '../../model/index.ts'
import { parting } from '../../properties/against.ts'
import { scenarioNamed, settingOf } from '../../properties/index.ts'
import { judgeRecording } from '../conformance/row.ts'
import { decisiveRuns, scriptOf } from './decisive.ts'
import { draw } from './grammar.ts'
import { inDialect, type LiveKernel, profileOf } from './kernel.ts'
import { disagrees, type PathOf, takePaths } from './path/index.ts'

type Rule = keyof Dialect

/** The two profiles whose differences are looked for. */
export const OLDER = profiles['linux-6.1']
export const NEWER = profiles['linux-6.18']

/** Scenarios with a short path on which one rule alone makes the difference. */
const decisive: readonly (readonly [Rule, string])[] = [
  ['synQueueFull', 'SYN-queue-limit'],
  ['resetOfRequest', 'inexact-reset'],
  ['ackOfUnsent', 'bad-third-ACKs'],
]

export interface DifferenceRow {
  readonly rule: Rule
  readonly older: string
  readonly newer: string
  /** What decides for which of the two: paths, and numbers of runs. */
  readonly forOlder: readonly string[]
  readonly forNewer: readonly string[]
}

const rules = (Object.keys(NEWER.dialect) as Rule[]).filter((rule) => OLDER.dialect[rule] !== NEWER.dialect[rule])

const withRule = (dialect: Dialect, rule: Rule, of: KernelProfile): Dialect => ({
  ...dialect,
  [rule]: of.dialect[rule],
})

/** @throws Error where namespaces cannot be made */
export const differences = (on: LiveKernel, { seed, runs }: { readonly seed: number; readonly runs: number }) => {
  const votes = new Map(rules.map((rule) => [rule, { older: [] as string[], newer: [] as string[] }]))
  let { dialect } = profileOf(on)
  for (const { rule, scenario, isNewer } of decidedByPaths(on, dialect)) {
    votes.get(rule)![isNewer ? 'newer' : 'older'].push(`path of ${scenario}`)
    dialect = withRule(dialect, rule, isNewer ? NEWER : OLDER)
  }
  for (const { rule, isNewer } of decidedByRuns(on, dialect))
    votes.get(rule)![isNewer ? 'newer' : 'older'].push('run of its own')
  let unexplained = 0
  on.runAll(draw(seed, runs), (recording, _, run) => {
    const agrees = (d: Dialect) => judgeRecording(recording, { ...profileOf(on), dialect: d }).mismatches.length === 0
    let explained = agrees(dialect)
    for (const rule of rules) {
      const [older, newer] = [OLDER, NEWER].map((of) => agrees(withRule(dialect, rule, of)))
      explained ||= older || newer || false
      if (older !== newer) votes.get(rule)![newer ? 'newer' : 'older'].push(`run ${run}`)
    }
    if (!explained) unexplained++
  })
  const rows: DifferenceRow[] = rules.map((rule) => ({
    rule,
    older: `${OLDER.dialect[rule]}`,
    newer: `${NEWER.dialect[rule]}`,
    forOlder: votes.get(rule)!.older,
    forNewer: votes.get(rule)!.newer,
  }))
  return { kernel: on.release, seed, runs, unexplained, rows }
}

/** The kernel goes one of two ways where the two models part: a path that it follows both ways decides nothing. */
const decidedByPaths = (on: LiveKernel, dialect: Dialect) => {
  const both = decisive.map(([rule, scenario]) => {
    const setting = settingOf(scenarioNamed(scenario)!, { kernel: profileOf(on).name })
    const [older, newer] = [OLDER, NEWER].map((of) => inDialect(setting, withRule(dialect, rule, of)))
    const { path } = parting(modelOf(older!), modelOf(newer!))
    if (path === undefined) throw new Error(`${scenario}: ${rule} makes no difference`)
    return { rule, scenario, paths: [older!, newer!].map((s): PathOf => ({ name: scenario, setting: s, path })) }
  })
  const follows: boolean[] = []
  takePaths(
    on,
    both.flatMap(({ paths }) => paths),
    ({ result }, i) => {
      follows[i] = result !== undefined && !disagrees(result)
    },
  )
  return both.flatMap(({ rule, scenario }, i) => {
    const [older, newer] = [follows[2 * i], follows[2 * i + 1]]
    return older === newer ? [] : [{ rule, scenario, isNewer: newer === true }]
  })
}

/** Of two models that differ in this rule alone, the run agrees with one. */
const decidedByRuns = (on: LiveKernel, dialect: Dialect) => {
  const asked = rules.filter((rule) => decisiveRuns[rule] !== undefined)
  const decided: { readonly rule: Rule; readonly isNewer: boolean }[] = []
  on.runAll(
    asked.map((rule) => scriptOf(decisiveRuns[rule]!)),
    (recording, _, i) => {
      const rule = asked[i]!
      const agrees = (of: KernelProfile) =>
        judgeRecording(recording, { ...profileOf(on), dialect: withRule(dialect, rule, of) }).mismatches.length === 0
      const [older, newer] = [agrees(OLDER), agrees(NEWER)]
      if (older !== newer) decided.push({ rule, isNewer: newer })
    },
  )
  return decided
}

const told = (why: readonly string[]): string => {
  const named = why.filter((w) => !/^run \d/.test(w))
  const runs = why.length - named.length
  return [...named, ...(runs > 0 ? [`${runs} runs`] : [])].join(', ')
}

const decides = ({ forOlder, forNewer }: DifferenceRow): string => {
  if (forOlder.length > 0 && forNewer.length > 0) return `undecided: ${told(forOlder)} against ${told(forNewer)}`
  if (forOlder.length > 0) return `${OLDER.name}: ${told(forOlder)}`
  return forNewer.length > 0 ? `${NEWER.name}: ${told(forNewer)}` : 'not decided'
}

export const differencesTable = ({ kernel, seed, runs, unexplained, rows }: ReturnType<typeof differences>): string =>
  [
    `Linux ${kernel}, seed ${seed}, ${runs} runs; in ${unexplained} of them it does what neither value of one rule explains.`,
    '',
    `| rule | ${OLDER.name} | ${NEWER.name} | this kernel does as |`,
    '| --- | --- | --- | --- |',
    ...rows.map((row) => `| \`${row.rule}\` | ${row.older} | ${row.newer} | ${decides(row)} |`),
    '',
  ].join('\n')

/** A rule in which the profiles of two kernels differ, or the kernels themselves. */
export interface Held {
  readonly rule: Rule
  /** Whether the model says that these two kernels differ in it: what `halfopen check --against` goes by. */
  readonly told: boolean
  /** Whether both were found to do so, by running them; undefined where one is not decided. */
  readonly found: boolean | undefined
  readonly why: string
}

/** What was found by running two kernels, beside what the model says of them. */
export const heldAgainst = (
  [older, newer]: readonly [Found, Found],
  [ofOlder, ofNewer]: readonly [KernelProfile, KernelProfile],
): readonly Held[] =>
  rules.map((rule) => {
    const [a, b] = [older, newer].map(({ rows }) => doesAs(rows.find((row) => row.rule === rule)!))
    const told = ofOlder.dialect[rule] !== ofNewer.dialect[rule]
    const found = a === undefined || b === undefined ? undefined : a !== b
    const why = found === undefined ? 'not decided' : `${older.kernel} as ${a}, ${newer.kernel} as ${b}`
    return { rule, told, found, why }
  })

type Found = ReturnType<typeof differences>

const doesAs = ({ forOlder, forNewer }: DifferenceRow): string | undefined => {
  if (forOlder.length > 0 === forNewer.length > 0) return undefined
  return forOlder.length > 0 ? OLDER.name : NEWER.name
}

/** Which of the two lists lacks it. */
const lacks = ({ told, found }: Held): string => {
  if (found === undefined) return 'not decided'
  if (told === found) return told ? 'both say so' : 'neither says so'
  return told ? 'the kernels do not differ' : 'the model does not say so'
}

export const isHeld = ({ told, found }: Held): boolean => found === undefined || told === found

export const heldTable = (rows: readonly Held[]): string =>
  [
    '| rule | the profiles differ | the kernels differ | found |',
    '| --- | --- | --- | --- |',
    ...rows.map((row) => {
      const found = row.found === undefined ? '?' : row.found ? 'yes' : 'no'
      return `| \`${row.rule}\` | ${row.told ? 'yes' : 'no'} | ${found} | ${lacks(row)}: ${row.why} |`
    }),
    '',
  ].join('\n')
