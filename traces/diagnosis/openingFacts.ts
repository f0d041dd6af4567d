/** What other connections of the same listener tell about the moment at which one is not opened. */
import type { Cause } from './diagnosis.ts'
import type { Told } from './siblings.ts'
import type { Said, Talk } from './talk.ts'

/** After a moment: the packet of another connection that shows a listener, or none. */
export const listenerAfter = (
  { siblings, tap }: Talk,
  time: number | undefined,
): { readonly listening?: number; readonly refusing?: number } => {
  if (time === undefined) return {}
  let first: Told | undefined
  const take = (told: Told): void => {
    if (told.time !== undefined && told.time > time && (first === undefined || told.time < first.time!)) first = told
  }
  siblings.forEach(({ answers, unanswered }) => {
    for (const told of answers) take(told)
    // A SYN that came and was answered by nothing: where nothing listens it would have been reset. RFC 9293 §3.10.7.1
    if (unanswered && tap === 'server') take(unanswered)
  })
  return toldBy(first)
}

const toldBy = (first: Told | undefined): { readonly listening?: number; readonly refusing?: number } => {
  if (first === undefined) return {}
  return first.refuses ? { refusing: first.packet } : { listening: first.packet }
}

/** Before a moment: the last packet of another connection that shows the port listening, if the last word was none to the contrary. */
export const listenerBefore = ({ siblings }: Talk, time: number | undefined): { readonly listening?: number } => {
  if (time === undefined) return {}
  let last: Told | undefined
  siblings.forEachAnswered(({ answers }) => {
    for (const told of answers)
      if (told.time !== undefined && told.time < time && (last === undefined || told.time > last.time!)) last = told
  })
  return toldBy(last).listening === undefined ? {} : { listening: last!.packet }
}

/** Which of the three can have kept the SYNs from being answered. */
export const fullOf = (talk: Talk): { acceptQueue: Cause; synQueue: Cause; path: Cause; unaccepted: boolean } => {
  const begins = talk.said[0]!.packet
  const isBefore = (packet: number | undefined): packet is number => packet !== undefined && packet < begins
  const queued: number[] = []
  const waiting: number[] = []
  // A connection on which the application has said something was accepted: it keeps no slot.
  let unaccepted = false
  talk.siblings.forEachAnswered(({ admitted, completed, used }) => {
    if (isBefore(completed)) {
      queued.push(completed)
      if (!isBefore(used)) unaccepted = true
    } else if (isBefore(admitted)) waiting.push(admitted)
  })
  const lastQueued = Math.max(...queued, 0)
  const admittedSince = waiting.find((n) => n > lastQueued)
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

/** A SYN+ACK that leaves no request behind in the likeliest runs of the server: a later ACK alone makes the connection. */
export const syncookieOf = ({ marked, replayed }: Talk): Said | undefined => {
  const answer = marked.find((s) => s.from === 'server' && s.flags === 'S.')
  const belief = answer && replayed.beliefs((packet) => packet === answer.packet)[0]
  return belief?.server.join() === 'LISTEN' ? answer : undefined
}
