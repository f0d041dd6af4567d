/** What other connections of the same listener tell about the moment at which one is not opened. */
import { type Observation, observationsOf } from '../replay/packets/observation.ts'
import type { Cause } from './diagnosis.ts'
import type { Talk } from './talk.ts'

/** After a moment: the packet of another connection that shows somebody listening, or nobody. */
export const listenerAfter = (
  { siblings, tap }: Talk,
  time: number | undefined,
): { readonly listening?: number; readonly refusing?: number } => {
  if (time === undefined) return {}
  const isLater = (o: Observation): boolean => o.time !== undefined && o.time > time
  const later = siblings
    .flatMap((c) => {
      const o = observationsOf(c)
      const answers = o.filter((x) => x.from === 'server' && (x.flags === 'S.' || x.flags === 'R.'))
      return [...answers, ...(tap === 'server' ? dropped(o) : [])].filter(isLater)
    })
    .sort((a, b) => a.time! - b.time!)[0]
  if (later === undefined) return {}
  return later.flags === 'R.' ? { refusing: later.packet } : { listening: later.packet }
}

/** A SYN that came and was answered by nothing: where nobody listens it would have been reset. RFC 9293 §3.10.7.1 */
const dropped = (o: readonly Observation[]): Observation[] =>
  o.every((x) => x.from === 'client' && x.flags === 'S') ? o.slice(0, 1) : []

/** Before a moment: the last packet of another connection that shows the port listening, if the last word was none to the contrary. */
export const listenerBefore = ({ siblings }: Talk, time: number | undefined): { readonly listening?: number } => {
  if (time === undefined) return {}
  const last = siblings
    .flatMap((c) => observationsOf(c).filter((x) => x.from === 'server' && (x.flags === 'S.' || x.flags === 'R.')))
    .filter((o) => o.time !== undefined && o.time < time)
    .sort((a, b) => b.time! - a.time!)[0]
  return last?.flags === 'S.' ? { listening: last.packet } : {}
}

interface Told {
  readonly admitted: Observation
  /** The client's third ACK. */
  readonly completed?: Observation
}

/** Which of the three can have kept the SYNs from being answered. */
export const fullOf = (talk: Talk): { acceptQueue: Cause; synQueue: Cause; path: Cause; unaccepted: boolean } => {
  const begins = talk.said[0]!.packet
  // A connection on which the application has said something was accepted: it keeps no slot.
  let unaccepted = false
  const told = talk.siblings.flatMap((c): Told[] => {
    const o = observationsOf(c).filter((x) => x.packet < begins)
    const admitted = o.find((x) => x.from === 'server' && x.flags === 'S.')
    const completed = o.find(
      (x) => admitted && x.packet > admitted.packet && x.from === 'client' && !/[SR]/.test(x.flags),
    )
    if (completed && !o.some((x) => x.from === 'server' && (x.len > 0 || /[FR]/.test(x.flags)))) unaccepted = true
    return admitted ? [{ admitted, ...(completed && { completed }) }] : []
  })
  const queued = told.flatMap(({ completed }) => (completed ? [completed.packet] : []))
  const waiting = told.filter(({ completed }) => completed === undefined).map(({ admitted }) => admitted.packet)
  const admittedSince = waiting.find((n) => n > Math.max(...queued, 0))
  return {
    acceptQueue: {
      words: 'the accept queue of the server is full',
      meets: talk.said.map(({ packet }) => packet),
      ...(admittedSince !== undefined
        ? { ruledOut: `packet ${admittedSince} admits another SYN, and no handshake was completed since` }
        : {
            cost: unaccepted || talk.siblings.length === 0 ? 1 : talk.tap === 'server' && queued.length === 0 ? 3 : 2,
          }),
    },
    synQueue: {
      words: 'the SYN queue is full and syncookies are off',
      counted: { counter: 'TCPReqQFullDrop', times: talk.said.length },
      cost: waiting.length > 0 || talk.siblings.length === 0 ? 1 : 2,
    },
    path: {
      words: 'the SYNs or the answers are lost or filtered on the way',
      ...(talk.tap === 'server'
        ? { ruledOut: 'the capture was taken at the server: the SYNs arrived there' }
        : { cost: 1 }),
    },
    unaccepted,
  }
}
