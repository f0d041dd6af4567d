/** What a report comes to, in one paragraph that stands first: the packets and all other evidence together. */
import { type Connection, type Diagnosis, fromClient, hasFlag } from '../../traces/index.ts'
import { count } from '../words/number.ts'
import type { Replayed } from './connection.ts'
import type { ReplayedFile } from './file.ts'

/** Connections that show the same thing of the same server. */
export interface Alike {
  readonly id: string
  readonly server: string
  readonly connections: number
  readonly first: { readonly stream: number; readonly of: Replayed }
  readonly diagnosis?: Diagnosis
}

/** The most frequent first; a connection stands at each of its diagnoses, or at its verdict if it is no good and has none. */
export const groupsOf = ({ report, replayed }: Pick<ReplayedFile, 'report' | 'replayed'>): Alike[] => {
  const known = grouped.get(report)
  if (known !== undefined) return known
  const groups = new Map<string, Writable<Alike>>()
  report.connections.forEach((of, i) => {
    const { diagnosed, verdict } = of
    const isNamed = verdict === 'conforms' || (diagnosed.length > 0 && verdict !== 'diverges')
    for (const id of isNamed ? diagnosed : [...diagnosed, verdict]) {
      const { server } = of
      const key = `${id} ${server}`
      const group = groups.get(key)
      if (group !== undefined) group.connections += 1
      else {
        const diagnosis = of.diagnoses.find((d) => d.id === id)
        const first = { stream: replayed[i]!.id, of }
        groups.set(key, { id, server, connections: 1, first, ...(diagnosis && { diagnosis }) })
      }
    }
  })
  const found = [...groups.values()].sort((a, b) => b.connections - a.connections)
  grouped.set(report, found)
  return found
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** The sentences and the table are of the same groups. */
const grouped = new WeakMap<ReplayedFile['report'], Alike[]>()

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
  if (sentences.length === 0) sentences.push(allWell(file))
  // Two legs of one connection tell the same.
  return [...new Set(sentences.map((s) => (s.endsWith('.') ? s : `${s}.`)))].join(' ')
}

const MOST = 3

/** Nothing is named. A connection that a RST ends conforms like any other, but is not called well. */
const allWell = ({ report, replayed }: Pick<ReplayedFile, 'report' | 'replayed'>): string => {
  const { connections } = report
  if (connections.length === 0) return 'Nothing is told: the capture has no TCP connection'
  const resets = connections.flatMap((of, i) => resetOf(of, replayed[i]!))
  const [first] = resets
  if (connections.length > 1)
    return first === undefined
      ? `Nothing is wrong with any of the ${count(connections.length, 'connection')} as far as the capture shows them`
      : `Every packet of the ${count(connections.length, 'connection')} is as the model has it; ${resets.length === 1 ? '1 of them is' : `${resets.length} of them are`} ended by a RST`
  if (first === undefined) return 'Nothing is wrong with the connection as far as the capture shows it'
  const fits = connections[0]!.fits[first.from]
  const like = fits.length === 1 ? `, as ${fits[0]} has it and none of the others that are modelled` : ''
  return `Every packet is as the model has it; packet ${first.packet} of the ${first.from} resets the connection${like}`
}

const resetOf = ({ forged }: Replayed, c: Connection): { packet: number; from: 'client' | 'server' }[] => {
  const reset = c.packets.find((p) => hasFlag(p, 'R') && !forged.includes(p.number))
  return reset === undefined ? [] : [{ packet: reset.number, from: fromClient(c, reset) ? 'client' : 'server' }]
}

const sure = { certain: 'certain', likely: 'likely', possible: 'one explanation of several' } as const

const diagnosed = (d: Diagnosis): string =>
  `${capital(d.words)} (${d.id}). The cause: ${d.cause} (${sure[d.certainty]})`

const groupSentence = ({ id, server, connections, first, diagnosis }: Alike): string => {
  const others = connections - 1
  const also =
    others > 0
      ? `, and ${count(others, 'other connection')} to ${server} ${others === 1 ? 'shows' : 'show'} the same`
      : ''
  if (diagnosis === undefined) return `${capital(departure(first.of, first.stream))}${also}`
  const told = diagnosis.proof ?? diagnosis.supports
  const proof = told === undefined ? '' : `: ${told}`
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
