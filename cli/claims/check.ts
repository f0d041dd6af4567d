/** `halfopen check --claims`: what is read about opening and closing a connection, decided by running. */
import { type Claim, claimNamed, claims, type Decision, decideClaims } from '../../properties/index.ts'
import type { Context } from '../context.ts'
import { UsageError } from '../error.ts'
import { type ExitCode, exit } from '../exit.ts'
import { asks } from '../explain/claim.ts'
import { isInterrupted, writeJson } from '../io.ts'
import { type SearchOptions, searchOf } from '../options/search.ts'
import { didYouMean } from '../words/nearest.ts'
import { count } from '../words/number.ts'
import type { Page } from '../words/page.ts'
import { paragraph } from '../words/paragraph.ts'
import { endProgress } from '../words/progress.ts'
import { table } from '../words/table.ts'
import { verdictText } from './verdicts.ts'

/** @param ids of claims; all of them if there is none */
export const checkClaims = (
  ids: readonly string[],
  options: SearchOptions & { json?: true },
  context: Context,
): ExitCode => {
  const { io } = context
  const asked = ids.length === 0 ? claims : ids.map(claimOf)
  const decisions = decideClaims(asked, searchOf(options, io))
  endProgress(io)
  const code = isInterrupted(io) ? exit.interrupted : exitOf(decisions)
  if (options.json) writeJson(io, 'check-claims', claimsJson(asked, decisions, code))
  else {
    const texts = ids.length === 0 ? [overview(asked, context)] : asked.map((c) => detail(c, decisions, context))
    io.out([...texts, ending(decisions, code, context)].join('\n'))
  }
  return code
}

const claimOf = (id: string): Claim => {
  const claim = claimNamed(id)
  if (claim !== undefined) return claim
  const remedy = didYouMean(
    id,
    claims.map((c) => c.id),
    'halfopen list claims shows them all',
  )
  throw new UsageError({ code: 'E_ID', place: '--claims', cause: `"${id}" is no claim`, remedy })
}

const isExpected = ({ verdict, expected }: Decision): boolean => verdict === expected

const exitOf = (decisions: readonly Decision[]): ExitCode => {
  if (decisions.some(({ verdict }) => verdict === 'inconclusive')) return exit.inconclusive
  return decisions.every(isExpected) ? exit.holds : exit.violated
}

const overview = (asked: readonly Claim[], page: Page): string =>
  table(
    ['claim', 'verdict', 'says'],
    asked.map((claim) => [claim.id, verdictText(claim), claim.says]),
    page,
  )

/** Every experiment with what came out on each kernel. */
const detail = (claim: Claim, decisions: readonly Decision[], page: Page): string => {
  const { paint } = page
  const own = decisions.filter((d) => d.claim === claim)
  const rows = claim.experiments.map((e, i) => [asks(e), `${e.claimed}`, ...own.map((d) => `${d.outcomes[i]!.came}`)])
  const verdicts = ['verdict', '', ...own.map((d) => paint(isExpected(d) ? 'green' : 'red', d.verdict))]
  return [
    paragraph(page, `${paint('bold', claim.id)}: `, claim.says, 2),
    ...(claim.onlyIf ? [paragraph(page, '  only if ', claim.onlyIf, 4)] : []),
    paragraph(page, '  ', claim.because),
    '\n',
    table(['experiment', 'if it is true', ...own.map((d) => d.kernel)], [...rows, verdicts], page),
  ].join('')
}

const ending = (decisions: readonly Decision[], code: ExitCode, page: Page): string => {
  const { paint } = page
  const surprises = decisions.filter((d) => !isExpected(d))
  const asked = `${count(decisions.length, 'verdict')} over ${count(new Set(decisions.map((d) => d.kernel)).size, 'kernel')}`
  if (surprises.length === 0) return `${paint('green', 'as the ledger says')}: ${asked}\n`
  const lines = surprises.map((d) =>
    paragraph(page, '  ', `${d.claim.id}, ${d.kernel}: ${d.verdict}, the ledger says ${d.expected}`, 4),
  )
  const head = code === exit.violated ? paint('red', 'not as the ledger says') : paint('yellow', 'not decided')
  return `${head}: ${surprises.length} of ${asked}\n${lines.join('')}`
}

const claimsJson = (asked: readonly Claim[], decisions: readonly Decision[], code: ExitCode) => ({
  asExpected: code === exit.holds,
  claims: asked.map((claim) => ({
    id: claim.id,
    says: claim.says,
    articles: claim.articles,
    ...(claim.onlyIf && { onlyIf: claim.onlyIf }),
    because: claim.because,
    source: claim.source,
    kernels: decisions
      .filter((d) => d.claim === claim)
      .map(({ kernel, verdict, expected, outcomes }) => ({
        kernel,
        verdict,
        expected,
        experiments: outcomes.map(({ experiment: e, came }) => ({ asks: asks(e), claimed: e.claimed, came })),
      })),
    ...(claim.unasked && { unasked: claim.unasked }),
  })),
})
