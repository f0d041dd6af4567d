/** What a host is in, for people: the conclusion first, then listener by listener. */
import type { NearestKernel } from '../../model/index.ts'
import { effectsOf } from '../../properties/index.ts'
import type { Finding, HostReport, ListenerReport, SettingChange } from '../../traces/index.ts'
import { outcomes, seenIn, sentence } from '../explain/effect.ts'
import { type Paint, padded } from '../words/paint.ts'
import { table, wrapped } from '../words/table.ts'

export interface HostTextOptions {
  readonly paint: Paint
  readonly width: number
  readonly kernel?: NearestKernel
  readonly release?: string
  /** Also every effect that the model shows of a setting. */
  readonly explain: boolean
}

const LABEL = 12

export const hostText = (report: HostReport, options: HostTextOptions): string => {
  const { paint, width } = options
  const read = report.seconds === undefined ? '' : `, read twice, ${report.seconds.toFixed(1)} s apart`
  const kernel =
    options.release === undefined
      ? ''
      : ` · kernel ${options.release}${options.kernel ? `, judged as ${options.kernel.profile}` : ''}`
  return [
    `${paint('bold', 'this host')}${read}${kernel}\n`,
    `${wrapped(report.conclusion, width, '')}\n`,
    ...report.notes.map((note) => `  note: ${wrapped(note, width - 8, '        ')}\n`),
    ...(report.listeners.length > 0 ? ['\n', listenersTable(report.listeners, paint)] : []),
    ...report.listeners.flatMap((l) => l.findings.map((f) => findingText(f, options))),
    ...report.findings.map((f) => findingText(f, options)),
  ].join('')
}

const listenersTable = (listeners: readonly ListenerReport[], paint: Paint): string =>
  table(
    ['listener', 'queue', 'backlog', 'SYN_RECV', 'process'],
    listeners.map((l) => [
      l.listener,
      l.full ? paint('red', `${l.queue} full`) : `${l.queue}`,
      l.backlog === undefined ? '?' : `${l.backlog}`,
      `${l.requests}`,
      l.process ?? '',
    ]),
    paint,
  )

const findingText = (f: Finding, { paint, width, explain }: HostTextOptions): string => {
  const line = (what: string, text: string): string =>
    `     ${paint('dim', padded(what, LABEL))}${wrapped(text, width - LABEL - 5, ' '.repeat(LABEL + 5))}\n`
  return [
    `\n   ${paint(['bold', 'yellow'], f.id)} (${f.certainty}): ${wrapped(f.words, width - f.id.length - 14, '     ')}\n`,
    ...f.shownBy.map((words, i) => line(i === 0 ? 'shown by' : '', words)),
    ...(f.peerSees === undefined ? [] : [line('peer sees', f.peerSees)]),
    line(
      'rule',
      `${f.rule}${f.property === undefined ? '' : ` · the model has it as ${f.property} (halfopen explain ${f.property})`}`,
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
