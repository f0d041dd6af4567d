/** What a host is in, for people: the conclusion first, then listener by listener. */
import type { NearestKernel } from '../../model/index.ts'
import { effectsOf } from '../../properties/index.ts'
import type { Finding, HostReport, ListenerReport, SettingChange } from '../../traces/index.ts'
import { outcomes, seenIn, sentence } from '../explain/effect.ts'
import type { Page } from '../words/page.ts'
import { padded } from '../words/paint.ts'
import { paragraph, unbroken } from '../words/paragraph.ts'
import { table } from '../words/table.ts'

export interface HostTextOptions {
  readonly kernel?: NearestKernel
  readonly release?: string
  /** Also every effect that the model shows of a setting. */
  readonly explain: boolean
}

const LABEL = 12

export const hostText = (report: HostReport, options: HostTextOptions, page: Page): string => {
  const read = report.seconds === undefined ? '' : `, read twice, ${report.seconds.toFixed(1)} s apart`
  const kernel =
    options.release === undefined
      ? ''
      : ` · kernel ${options.release}${options.kernel ? `, judged as ${options.kernel.profile}` : ''}`
  return [
    paragraph(page, '', `${page.paint('bold', 'this host')}${read}${kernel}`, 2),
    paragraph(page, '', report.conclusion),
    ...report.notes.map((note) => paragraph(page, '  note: ', note)),
    ...(report.listeners.length > 0 ? ['\n', listenersTable(report.listeners, page)] : []),
    ...report.listeners.flatMap((l) => l.findings.map((f) => findingText(f, options, page))),
    ...report.findings.map((f) => findingText(f, options, page)),
  ].join('')
}

const listenersTable = (listeners: readonly ListenerReport[], page: Page): string =>
  table(
    ['listener', 'queue', 'backlog', 'SYN_RECV', 'process'],
    listeners.map((l) => [
      l.listener,
      l.full ? page.paint('red', `${l.queue} full`) : `${l.queue}`,
      l.backlog === undefined ? '?' : `${l.backlog}`,
      `${l.requests}`,
      l.process ?? '',
    ]),
    page,
  )

const findingText = (f: Finding, { explain }: HostTextOptions, page: Page): string => {
  const line = (what: string, text: string): string =>
    paragraph(page, `     ${page.paint('dim', padded(what, LABEL))}`, text)
  return [
    `\n${paragraph(page, `   ${page.paint(['bold', 'yellow'], f.id)} (${f.certainty}): `, f.words, 5)}`,
    ...f.shownBy.map((words, i) => line(i === 0 ? 'shown by' : '', words)),
    ...(f.peerSees === undefined ? [] : [line('peer sees', f.peerSees)]),
    line(
      'rule',
      `${f.rule}${f.property === undefined ? '' : ` · the model has it as ${f.property} (${unbroken(`halfopen explain ${f.property}`)})`}`,
    ),
    ...f.changes.flatMap((change) => [
      line('changes it', `${change.what}: ${change.words}`),
      ...modelLines(change, explain).map((words) => line('', words)),
    ]),
  ].join('')
}

/** What the model shows of a setting: the first world that does, or all. */
export const modelLines = ({ knob }: SettingChange, all: boolean): string[] => {
  const effects = knob === undefined ? [] : effectsOf(knob)
  return (all ? effects : effects.slice(0, 1)).map((e) => `by the model (${seenIn(e)}): ${sentence(e)} ${outcomes(e)}`)
}
