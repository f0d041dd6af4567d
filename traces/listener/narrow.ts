/** What the other connections of the listener decide of the explanations that one connection leaves open. */
import { type Connection, endpointText } from '../capture.ts'
import { type Cause, type Diagnosis, judged } from '../diagnosis/diagnosis.ts'
import { hadRoom } from './backlog.ts'
import type { Listener } from './gather.ts'
import { type FullSpan, spanAt } from './queue.ts'

/** Seconds on the way from the tap to the server, at most. */
const LONGEST = 2

/**
 * An explanation by a full accept queue is ruled out where the queue cannot have been full, and rules out the others where
 * other connections show that it was. The first supposes that the capture shows all connections, which only holds where
 * the backlog was told; the second, that it was taken at the server.
 */
export const narrowed = (d: Diagnosis, connection: Connection, listener: Listener): Diagnosis => {
  const full = d.causes.find(({ meets, cost }) => meets !== undefined && meets.length > 0 && cost !== undefined)
  if (full === undefined) return d
  const why = whyNotFull(full, connection, listener)
  const shown = why === undefined ? shownFull(full, connection, listener) : undefined
  const causes = d.causes.map((c): Cause => {
    if (c === full && why !== undefined) return ruledOut(c, why)
    if (c === full || shown === undefined || c.cost === undefined) return c
    return ruledOut(c, `${inWords(shown)}: it is enough`)
  })
  if (!causes.some(({ cost }) => cost !== undefined)) return d
  const now = { ...d, ...judged(causes) }
  if (shown === undefined || now.certainty !== 'certain') return now
  const { decides: _, ...certain } = now
  return { ...certain, proof: d.proof ?? inWords(shown) }
}

const inWords = ({ packets: [a, b] }: FullSpan): string =>
  `other connections show the accept queue full from packet ${a} to packet ${b}`

const ruledOut = ({ cost: _, ...c }: Cause, why: string): Cause => ({ ...c, ruledOut: why })

const timesOf = ({ meets }: Cause, { packets }: Connection): number[] =>
  packets.flatMap(({ number, time }) => (time !== undefined && meets!.includes(number) ? [time] : []))

const whyNotFull = (cause: Cause, connection: Connection, { conclusion, facts }: Listener): string | undefined => {
  const { known } = conclusion.backlog
  if (known === undefined) return undefined
  const late = conclusion.certainty === 'certain' ? 0 : LONGEST
  const why = timesOf(cause, connection).map((from) => hadRoom(facts, { from, to: from + late }, known))
  return why.every((words) => words !== undefined) ? why[0] : undefined
}

/** The time in which most of these packets came, if other connections show that the queue was full then. */
const shownFull = (cause: Cause, connection: Connection, { conclusion }: Listener): FullSpan | undefined => {
  if (conclusion.certainty !== 'certain') return undefined
  const own = endpointText(connection.client)
  const times = timesOf(cause, connection)
  const spans = new Set(times.flatMap((time) => spanAt(conclusion.full, time) ?? []))
  return [...spans]
    .filter(({ clients }) => clients.some((client) => client !== own))
    .find(({ from, to }) => times.filter((time) => time >= from && time <= to).length * 2 > times.length)
}
