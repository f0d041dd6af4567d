/** A replayed file, for people: the conclusion first, then what leads to it, then the connections. */
import { count } from '../words/number.ts'
import type { Page } from '../words/page.ts'
import { paragraph } from '../words/paragraph.ts'
import { conclusionOf } from './conclusion.ts'
import { connectionText, contradictionText, type Replayed, verdictWord } from './connection.ts'
import { diagnosisText } from './diagnosis.ts'
import { evidenceText } from './evidence-text.ts'
import type { ReplayedFile } from './file.ts'
import { hostsText } from './hosts.ts'
import { listenerText } from './listener.ts'
import { MANY, summaryTable } from './summary.ts'

export interface ReplayTextOptions {
  readonly explain?: boolean
  /** The conclusion and the table alone. */
  readonly quiet?: boolean
  /** Only connections with one of these verdicts or diagnoses. */
  readonly only?: readonly string[]
}

export function* replayText(
  replayedFile: ReplayedFile,
  { explain = false, quiet = false, only }: ReplayTextOptions,
  page: Page,
): Generator<string> {
  const { replayed, report, evidence, diagnoses } = replayedFile
  const { connections, packets, file, notes } = report
  const { paint } = page
  const counts = `${count(packets, 'packet')}, ${count(connections.length, 'connection')}`
  const several = connections.length > 1
  const isNews = news()
  const isWanted = wanted(only)
  yield [
    paragraph(page, '', `${paint('bold', file)}: ${counts}, ${verdictWord(report.verdict, paint)}`, 2),
    paragraph(page, '  ', conclusionOf(replayedFile)),
    ...(connections.length > MANY ? [summaryTable(replayedFile, page)] : []),
  ].join('')
  if (quiet) return
  yield [
    ...notes.map((note) => paragraph(page, '  note: ', note)),
    ...report.contradictions.map((words) => contradictionText(words, '  ', page)),
    ...diagnoses.map((d) => diagnosisText(d, page)),
    ...report.listeners.map((l) => listenerText(l, explain, page)),
    hostsText(report.hosts, explain, page),
  ].join('')
  for (const [i, r] of connections.entries()) {
    const isNew = isNews(r)
    if (!isWanted(r) || (connections.length > MANY && !isNew && !explain && only === undefined)) continue
    const shown = isNew || !several ? 'drawn' : 'line'
    yield `\n${connectionText(r, replayed[i]!, explain ? 'explained' : shown, page)}`
  }
  if (connections.length === 0) yield '\n'
  if (several) yield tally(connections, page)
  if (Object.keys(evidence).length > 0) yield `\n${evidenceText(evidence, page)}`
}

/** `ghost` stands for every diagnosis that begins so. */
const wanted =
  (only: readonly string[] | undefined) =>
  ({ verdict, diagnosed }: Replayed): boolean =>
    only === undefined ||
    only.some((word) => verdict === word || diagnosed.some((id) => id.toLowerCase().startsWith(word.toLowerCase())))

/** Among many are drawn: those that diverge, and the first of each diagnosis. */
const news = (): ((r: Replayed) => boolean) => {
  const told = new Set<string>()
  return ({ verdict, diagnosed }) => {
    const isNew = diagnosed.some((id) => !told.has(id))
    for (const id of diagnosed) told.add(id)
    return verdict === 'diverges' || isNew
  }
}

const tally = (connections: readonly Replayed[], page: Page): string => {
  const verdicts = [...new Set(connections.map(({ verdict }) => verdict))]
  const counts = verdicts.map(
    (v) => `${connections.filter((c) => c.verdict === v).length} ${verdictWord(v, page.paint)}`,
  )
  return `\n${paragraph(page, '', `${counts.join(' · ')} (--explain draws every connection, --stream n one)`, 2)}`
}
