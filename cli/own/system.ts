/** A check of a system of the user's that is no TCP: verdicts, counts, and paths. */
import {
  CheckerFault,
  type CheckOptions,
  check,
  drawPath,
  encodePath,
  type Finding,
  type Report,
} from '../../checker/index.ts'
import { boundLine, countsLine } from '../check/bounds.ts'
import { coverageLines } from '../check/coverage.ts'
import { engineLine } from '../check/engine.ts'
import { again, commandLine } from '../check/reproduce.ts'
import { type Context, hint } from '../context.ts'
import { UsageError } from '../error.ts'
import { type ExitCode, exit } from '../exit.ts'
import { count } from '../words/number.ts'
import type { Page } from '../words/page.ts'
import type { Paint } from '../words/paint.ts'
import { paragraph } from '../words/paragraph.ts'
import { endProgress } from '../words/progress.ts'
import { table } from '../words/table.ts'
import { exitFor, overall, verdictWord } from '../words/verdict.ts'
import type { Own } from './load.ts'

type OwnSystem = Extract<Own, { readonly is: 'system' }>

interface Asked {
  readonly file: string
  readonly only?: readonly string[]
  readonly search: CheckOptions
  readonly flags: readonly string[]
}

export interface CheckedSystem {
  readonly code: ExitCode
  readonly document: object
}

/** Prints what was found, unless a document is wanted. @throws UsageError E_MODULE for what the checker refuses */
export const checkSystem = (own: OwnSystem, asked: Asked, json: boolean, context: Context): CheckedSystem => {
  const { system } = own
  const properties = chosen(own, asked)
  const report = run(own, properties, asked, context)
  const reproduce = commandLine('check', asked.file, ...asked.flags)
  const verdicts = [...report.findings, report.deadlock].map(({ verdict }) => verdict)
  const verdict = overall(verdicts)
  if (!json) {
    const parts = [
      heading(asked.file, report, context),
      table(['property', 'kind', 'verdict'], rows(properties, report, context.paint), context),
      ...coverageLines(report, context),
      ...[...report.findings, report.deadlock].flatMap((finding) => drawn(own, finding, context)),
      again(context, reproduce),
    ]
    context.io.out(parts.join('\n'))
    if (!report.exhausted) hint(context, 'give it more with --memory or --time, or bound what grows')
  }
  const code = report.bound === 'stopped' ? exit.interrupted : exitFor(verdict)
  return { code, document: { ...documentOf(asked.file, own, report), verdict, reproduce } }

  function documentOf(file: string, { properties: all }: OwnSystem, r: Report) {
    return {
      system: file,
      states: r.states,
      transitions: r.transitions,
      depth: r.depth,
      exhausted: r.exhausted,
      ...(r.bound && { bound: r.bound }),
      ...(r.boundDetail && { boundDetail: r.boundDetail }),
      engine: r.engine,
      seconds: r.seconds,
      deadlocks: r.deadlocks,
      properties: r.findings.map((finding) => ({
        id: finding.property,
        kind: all.find(({ id }) => id === finding.property)?.kind,
        verdict: finding.verdict,
        ...(finding.reason && { reason: finding.reason }),
        ...(finding.path && { counterexample: { path: encodePath(system, finding.path), ...finding.path } }),
      })),
      rulesNeverFired: r.coverage.rulesNeverFired,
    }
  }
}

const chosen = ({ properties }: OwnSystem, { only, file }: Asked): OwnSystem['properties'] => {
  const unknown = only?.find((id) => !properties.some((p) => p.id === id))
  if (unknown === undefined) return only === undefined ? properties : properties.filter(({ id }) => only.includes(id))
  const remedy = `it has ${properties.map(({ id }) => id).join(', ') || 'none'}`
  throw new UsageError({ code: 'E_PROPERTY', place: file, cause: `it has no property ${unknown}`, remedy })
}

const run = ({ system }: OwnSystem, properties: OwnSystem['properties'], asked: Asked, { io }: Context): Report => {
  try {
    return check(system, properties, asked.search)
  } catch (error) {
    if (!(error instanceof CheckerFault)) throw error
    const cause = `${error.code}: ${error.message.replace(/\.$/, '')}`
    throw new UsageError({
      code: 'E_MODULE',
      place: asked.file,
      cause,
      remedy: 'docs/checker.md tells what a system is',
    })
  } finally {
    endProgress(io)
  }
}

const heading = (file: string, report: Report, page: Page): string =>
  [
    paragraph(page, `${page.paint('bold', file)}: `, 'a system of your own', 2),
    paragraph(page, '  explored  ', `${countsLine(report)}: ${boundLine(report, page.paint)}`),
    paragraph(page, '  engine    ', engineLine(report)),
  ].join('')

const rows = (properties: OwnSystem['properties'], report: Report, paint: Paint): string[][] => [
  ...report.findings.map((finding, i) => [finding.property, properties[i]!.kind, verdictWord(finding.verdict, paint)]),
  ['deadlock', 'freedom', verdictWord(report.deadlock.verdict, paint)],
]

const drawn = ({ system }: OwnSystem, { property, verdict, path, group }: Finding, page: Page): string[] => {
  if (path === undefined) return []
  const ofGroup = group === undefined ? '' : `, ${system.groups[group]?.name}`
  const steps = count(path.events.length, 'step')
  const head = `${page.paint('bold', property)} ${verdictWord(verdict, page.paint)} after ${steps}${ofGroup}`
  const lines = drawPath(system, path).trimEnd().split('\n')
  return [`${paragraph(page, '', head, 2)}\n${lines.map((line) => folded(line, page)).join('')}`]
}

/** A line of a drawing, the rest of a long one under its beginning. */
const folded = (line: string, page: Page): string => {
  const [begin] = /^ *(?:\d+ +)?/.exec(line)!
  return paragraph(page, begin, line.slice(begin.length), begin.length + 2)
}
