/** One connection that was replayed, for people. */
import { profileNames } from '../../model/index.ts'
import type { Connection, ReplayReport } from '../../traces/index.ts'
import { count } from '../words/number.ts'
import type { Paint } from '../words/paint.ts'
import { wrapped } from '../words/table.ts'
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
export const connectionText = (r: Replayed, connection: Connection, detail: Detail, paint: Paint): string => {
  const lines = [
    heading(r, connection.id, paint),
    ...(r.forged.length > 0 ? [`   forged: ${ranges(r.forged)}; no end has to account for them\n`] : []),
    ...(r.reason === undefined ? [] : [`   ${wrapped(r.reason, 100, '   ')}\n`]),
    ...(r.supposes ?? []).map((words) => `   supposed: ${wrapped(words, 90, '   ')}\n`),
  ]
  const apart = (r.contradictions ?? []).map((words) => contradictionText(words, '   ', paint))
  if (detail === 'line')
    return [...lines, ...apart, ...r.diagnoses.map((d) => diagnosisLine(d, paint)), whatIfText(r)].join('')
  const explained = detail === 'explained'
  return [
    ...lines,
    ...apart,
    ...otherText(r),
    ...timelineLines(r, connection, explained, paint),
    ...(r.divergence === undefined ? kernelLines(r) : divergenceLines(r.divergence, connection, paint)),
    ...(explained ? inventsText(r) : []),
    ...r.diagnoses.map((d) => diagnosisText(d, paint)),
    whatIfText(r),
    ...(explained ? [alternativesText(r.alternatives, paint), storyText(r, connection)] : []),
  ].join('')
}

/** What other evidence says and the packets deny. */
export const contradictionText = (words: string, indent: string, paint: Paint): string =>
  `${indent}${paint('red', 'contradiction')}: ${wrapped(words, 100, `${indent}  `)}\n`

const inventsText = ({ invents, supposes = [] }: Replayed): string[] => {
  const others = invents.filter((words) => !supposes.includes(words))
  return others.length > 0 ? [`   the cheapest hypothesis invents: ${others.join('; ')}\n`] : []
}

const otherText = ({ other }: Replayed): string[] => {
  if (other === undefined) return []
  if ('why' in other) return [`   the other capture tells nothing of it: ${wrapped(other.why, 90, '     ')}\n`]
  const { file, stream, translated, offset, nearer, onlyHere, onlyThere, packetsOfBoth } = other
  const words = [
    `${file} has it as connection ${stream}${translated ? ', under translated addresses' : ''}`,
    nearer === 'unknown' ? 'nothing tells which tap is nearer to which end' : `taken nearer to the ${nearer}`,
    ...(offset === undefined ? [] : [`its clock is ${seconds(offset)}`]),
    `${count(packetsOfBoth, 'packet')} passed both taps`,
    ...(onlyHere.length > 0 ? [`only here: ${ranges(onlyHere)}`] : []),
    ...(onlyThere.length > 0 ? [`only there: ${ranges(onlyThere)}`] : []),
  ]
  return [`   ${wrapped(words.join('; '), 100, '   ')}\n`]
}

const seconds = (offset: number): string =>
  Math.abs(offset) < 5e-5 ? 'the same' : `${Math.abs(offset).toFixed(4)} s ${offset > 0 ? 'ahead' : 'behind'}`

const taken = {
  client: 'at the client',
  server: 'at the server',
  middle: 'between the ends',
  unknown: 'at an unknown place',
}

const whatIfText = ({ whatIf }: Replayed): string =>
  whatIf === undefined
    ? ''
    : `   what if ${whatIf.remedy}\n${whatIf.sentences.map((s) => `   · ${wrapped(s, 100, '     ')}\n`).join('')}`

const heading = (r: Replayed, id: number, paint: Paint): string => {
  const ends = paint('bold', `${r.client} → ${r.server}`)
  return `${id}  ${ends} · ${count(r.packets, 'packet')}, taken ${taken[r.tap]} · ${verdictWord(r.verdict, paint)}\n`
}

const timelineLines = ({ timeline, divergence }: Replayed, c: Connection, all: boolean, paint: Paint): string[] => {
  const text = timelineText(c, { beliefs: timeline, all, ...(divergence && { diverges: divergence.packet }) }, paint)
  return text === '' ? [] : [text]
}

const kernelLines = ({ fits, verdict }: Replayed): string[] =>
  verdict === 'conforms'
    ? [`   kernels that do this: ${kernels('client', fits.client)} · ${kernels('server', fits.server)}\n`]
    : []

const kernels = (end: string, fits: readonly string[]): string => {
  const lacking = profileNames.filter((name) => !fits.includes(name))
  if (lacking.length === 0) return `${end} any`
  return lacking.length <= 2 ? `${end} any but ${lacking.join(' and ')}` : `${end} ${fits.join(', ')}`
}

const divergenceLines = (d: NonNullable<Replayed['divergence']>, connection: Connection, paint: Paint): string[] => {
  const { client, server } = packetBase(connection)
  const allowed = d.allowed.length === 0 ? 'nothing from this end' : d.allowed.join(' · ')
  return [
    `   ${paint('red', `packet ${d.packet}`)}: ${wrapped(d.reason, 100, '   ')}\n`,
    `   allowed there: ${wrapped(allowed, 100, '     ')}\n`,
    `   these numbers are absolute: the client's begin at ${client ?? '?'}, the server's at ${server ?? '?'}\n`,
  ]
}
