/** One connection that was replayed, for people. */
import { hostProfiles } from '../../model/index.ts'
import type { Connection, ReplayReport } from '../../traces/index.ts'
import { count } from '../words/number.ts'
import type { Page } from '../words/page.ts'
import type { Paint } from '../words/paint.ts'
import { bullet, paragraph } from '../words/paragraph.ts'
import { alternativesText, diagnosisLine, diagnosisText } from './diagnosis.ts'
import { ranges } from './numbers.ts'
import { packetBase } from './packets.ts'
import { storyText } from './story.ts'
import { timelineText } from './timeline.ts'

export type Replayed = ReplayReport['connections'][number]

const styles = { conforms: 'green', diverges: 'red', inconclusive: 'yellow' } as const

export const verdictWord = (verdict: Replayed['verdict'], paint: Paint): string => paint(styles[verdict], verdict)

/** `line`: one among many; `drawn`: with its packets; `explained`: with everything. */
export type Detail = 'line' | 'drawn' | 'explained'

/** @param connection what the capture has of it */
export const connectionText = (r: Replayed, connection: Connection, detail: Detail, page: Page): string => {
  const lines = [
    heading(r, connection.id, page),
    ...(r.forged.length > 0
      ? [paragraph(page, '   forged: ', `${ranges(r.forged)}; no end has to account for them`, 5)]
      : []),
    ...(r.reason === undefined ? [] : [paragraph(page, '   ', r.reason)]),
    ...(r.supposes ?? []).map((words) => paragraph(page, '   supposed: ', words, 5)),
  ]
  const apart = (r.contradictions ?? []).map((words) => contradictionText(words, '   ', page))
  if (detail === 'line')
    return [...lines, ...apart, ...r.diagnoses.map((d) => diagnosisLine(d, page)), whatIfText(r, page)].join('')
  const explained = detail === 'explained'
  return [
    ...lines,
    ...apart,
    ...otherText(r, page),
    ...timelineLines(r, connection, explained, page),
    ...(r.divergence === undefined ? kernelLines(r, page) : divergenceLines(r.divergence, connection, page)),
    ...(explained ? inventsText(r, page) : []),
    ...r.diagnoses.map((d) => diagnosisText(d, page)),
    whatIfText(r, page),
    ...(explained ? [alternativesText(r.alternatives, page), storyText(r, connection, page)] : []),
  ].join('')
}

/** What other evidence says and the packets deny. */
export const contradictionText = (words: string, indent: string, page: Page): string =>
  paragraph(page, `${indent}${page.paint('red', 'contradiction')}: `, words, indent.length + 2)

const inventsText = ({ invents, supposes = [] }: Replayed, page: Page): string[] => {
  const others = invents.filter((words) => !supposes.includes(words))
  return others.length > 0 ? [paragraph(page, '   the cheapest hypothesis invents: ', others.join('; '), 5)] : []
}

const otherText = ({ other }: Replayed, page: Page): string[] => {
  if (other === undefined) return []
  if ('why' in other) return [paragraph(page, '   the other capture tells nothing of it: ', other.why, 5)]
  const { file, stream, translated, offset, nearer, onlyHere, onlyThere, packetsOfBoth } = other
  const words = [
    `${file} has it as connection ${stream}${translated ? ', under translated addresses' : ''}`,
    nearer === 'unknown' ? 'nothing tells which tap is nearer to which end' : `taken nearer to the ${nearer}`,
    ...(offset === undefined ? [] : [`its clock is ${seconds(offset)}`]),
    `${count(packetsOfBoth, 'packet')} passed both taps`,
    ...(onlyHere.length > 0 ? [`only here: ${ranges(onlyHere)}`] : []),
    ...(onlyThere.length > 0 ? [`only there: ${ranges(onlyThere)}`] : []),
  ]
  return [paragraph(page, '   ', words.join('; '))]
}

const seconds = (offset: number): string =>
  Math.abs(offset) < 5e-5 ? 'the same' : `${Math.abs(offset).toFixed(4)} s ${offset > 0 ? 'ahead' : 'behind'}`

const taken = {
  client: 'at the client',
  server: 'at the server',
  middle: 'between the ends',
  unknown: 'at an unknown place',
}

const whatIfText = ({ whatIf }: Replayed, page: Page): string =>
  whatIf === undefined ? '' : `   what if ${whatIf.remedy}\n${whatIf.sentences.map((s) => bullet(page, s)).join('')}`

const heading = (r: Replayed, id: number, page: Page): string => {
  const ends = page.paint('bold', `${r.client} → ${r.server}`)
  const words = `${count(r.packets, 'packet')}, taken ${taken[r.tap]} · ${verdictWord(r.verdict, page.paint)}`
  return paragraph(page, `${id}  `, `${ends} · ${words}`)
}

const timelineLines = ({ timeline, divergence }: Replayed, c: Connection, all: boolean, page: Page): string[] => {
  const text = timelineText(c, { beliefs: timeline, all, ...(divergence && { diverges: divergence.packet }) }, page)
  return text === '' ? [] : [text]
}

const kernelLines = ({ fits, verdict }: Replayed, page: Page): string[] =>
  verdict === 'conforms'
    ? [
        paragraph(
          page,
          '   kernels that do this: ',
          `${kernels('client', fits.client)} · ${kernels('server', fits.server)}`,
          5,
        ),
      ]
    : []

const kernels = (end: string, fits: readonly string[]): string => {
  const lacking = hostProfiles.filter((name) => !fits.includes(name))
  if (lacking.length === 0) return `${end} any`
  return lacking.length <= 2 ? `${end} any but ${lacking.join(' and ')}` : `${end} ${fits.join(', ')}`
}

const divergenceLines = (d: NonNullable<Replayed['divergence']>, connection: Connection, page: Page): string[] => {
  const { client, server } = packetBase(connection)
  const allowed = d.allowed.length === 0 ? 'nothing from this end' : d.allowed.join(' · ')
  return [
    paragraph(page, `   ${page.paint('red', `packet ${d.packet}`)}: `, d.reason, 5),
    paragraph(page, '   allowed there: ', allowed, 5),
    paragraph(
      page,
      '   these numbers are absolute: ',
      `the client's begin at ${client ?? '?'}, the server's at ${server ?? '?'}`,
      5,
    ),
  ]
}
