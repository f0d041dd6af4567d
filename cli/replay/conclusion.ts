/** What a report comes to, in one paragraph that stands first: the packets and all other evidence together. */
import type { Diagnosis } from '../../traces/index.ts'
import { count } from '../words/number.ts'
import type { Replayed } from './connection.ts'
import type { ReplayedFile } from './file.ts'

/** Connections that show the same thing of the same server. */
export interface Alike {
  readonly id: string
  readonly server: string
  readonly connections: readonly { readonly stream: number; readonly of: Replayed }[]
  readonly diagnosis?: Diagnosis
}

/** The most frequent first; a connection stands at each of its diagnoses, or at its verdict if it is no good and has none. */
export const groupsOf = ({ report, replayed }: Pick<ReplayedFile, 'report' | 'replayed'>): Alike[] => {
  const groups = new Map<
    string,
    { id: string; server: string; diagnosis?: Diagnosis; connections: Alike['connections'][0][] }
  >()
  report.connections.forEach((of, i) => {
    const named: readonly { id: string; diagnosis?: Diagnosis }[] = [
      ...of.diagnoses.map((diagnosis) => ({ id: diagnosis.id as string, diagnosis })),
      ...(of.verdict === 'conforms' || (of.diagnoses.length > 0 && of.verdict !== 'diverges')
        ? []
        : [{ id: of.verdict }]),
    ]
    for (const { id, diagnosis } of named) {
      const key = `${id} ${of.server}`
      const group = groups.get(key) ?? { id, server: of.server, ...(diagnosis && { diagnosis }), connections: [] }
      group.connections.push({ stream: replayed[i]!.id, of })
      groups.set(key, group)
    }
  })
  return [...groups.values()].sort((a, b) => b.connections.length - a.connections.length)
}

/** One paragraph of plain text. */
export const conclusionOf = (file: Pick<ReplayedFile, 'report' | 'replayed' | 'diagnoses'>): string => {
  const { report } = file
  const sentences = [
    ...report.contradictions.map((words) => `The counters do not fit the capture: ${words}`),
    ...file.diagnoses.map(diagnosed),
    ...groupsOf(file).slice(0, MOST).map(groupSentence),
  ]
  const more = groupsOf(file).length - MOST
  if (more > 0) sentences.push(`And ${count(more, 'more kind')} of trouble, below`)
  if (sentences.length === 0) sentences.push(allWell(report.connections.length))
  return sentences.map((s) => (s.endsWith('.') ? s : `${s}.`)).join(' ')
}

const MOST = 3

const allWell = (connections: number): string =>
  connections === 0
    ? 'Nothing is told: the capture has no TCP connection'
    : connections === 1
      ? 'Nothing is wrong with the connection as far as the capture shows it'
      : `Nothing is wrong with any of the ${count(connections, 'connection')} as far as the capture shows them`

const sure = { certain: 'certain', likely: 'likely', possible: 'one explanation of several' } as const

const diagnosed = (d: Diagnosis): string =>
  `${capital(d.words)} (${d.id}). The cause: ${d.cause} (${sure[d.certainty]})`

const groupSentence = ({ id, server, connections, diagnosis }: Alike): string => {
  const [first] = connections
  const others = connections.length - 1
  const also =
    others > 0
      ? `, and ${count(others, 'other connection')} to ${server} ${others === 1 ? 'shows' : 'show'} the same`
      : ''
  if (diagnosis === undefined) return `${capital(departure(first!.of, first!.stream))}${also}`
  const proof = diagnosis.proof === undefined ? '' : `: ${diagnosis.proof}`
  const decides =
    diagnosis.certainty === 'certain' || diagnosis.decides === undefined ? '' : `. What decides: ${diagnosis.decides}`
  return `${capital(diagnosis.words)} (${id}${also}). The cause: ${diagnosis.cause} (${sure[diagnosis.certainty]}${proof})${decides}`
}

const departure = ({ verdict, divergence, reason, contradictions = [] }: Replayed, stream: number): string => {
  if (divergence !== undefined && verdict === 'diverges')
    return `packet ${divergence.packet} of connection ${stream} is what no kernel modelled here does: ${divergence.reason}`
  return verdict === 'diverges'
    ? `connection ${stream} contradicts what else was recorded: ${contradictions.join('; ')}`
    : `of connection ${stream} nothing can be concluded: ${reason ?? 'too little is known'}`
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
