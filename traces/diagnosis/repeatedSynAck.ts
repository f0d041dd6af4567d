/** A SYN+ACK that is repeated: the third ACK is lost, kept waiting, or never sent. */
import { type Cause, type Diagnosis, judged } from './diagnosis.ts'
import { has, numbers, type Said, type Talk, times } from './talk.ts'

/** What was said while the SYN+ACK was repeated, and what came then. */
interface Repeated {
  readonly first: Said
  readonly again: readonly Said[]
  /** Bare ACKs of the client before the last repetition. */
  readonly acks: readonly Said[]
}

const repeatedIn = ({ said, marked }: Talk): Repeated | undefined => {
  const isSynAck = (s: Said): boolean => s.from === 'server' && s.flags === 'S.' && !s.forged
  const [first, ...again] = marked.filter(isSynAck)
  const last = again.at(-1)
  if (first === undefined || last === undefined) return undefined
  const between = said.filter((s) => s.at > first.at && s.at < last.at && s.from === 'client')
  if (between.some((s) => s.flags !== '.' || s.len > 0)) return undefined
  return { first, again, acks: between }
}

/** The SYN+ACK is repeated although the handshake is completed soon after: a packet was lost, or something made it wait. */
export const thirdAckLost = (talk: Talk): Diagnosis[] => {
  const { said, tap, replayed } = talk
  const found = repeatedIn(talk)
  if (found === undefined) return []
  const { first, again, acks } = found
  const last = again.at(-1)!
  const then = said.find((s) => s.at > last.at && s.from === 'client' && s.flags !== 'S' && !has(s, 'R'))
  const promoted = replayed.lastBelief()?.server.includes('SYN_RECV') === false
  const moved = promoted || said.some((s) => s.at > last.at && s.from === 'server' && !/[SR]/.test(s.flags))
  if (!then || !(moved || acks.length === 0) || acks.length > again.length) return []
  const atServer = tap === 'server'
  const causes = [
    lost(acks.length === 0, atServer),
    full(acks, atServer),
    ...(acks.length === 0 ? [{ words: 'the SYN+ACK is lost, and the SYN that the client repeats', cost: 2 }] : []),
    ...deferred(found),
  ]
  const isDeferred = isLate(found)
  const seen = acks.length === 0 ? ': the third ACK was not seen before' : ''
  return [
    {
      id: 'third-ack-lost',
      words: `the server repeats its SYN+ACK ${times(again.length)}${isDeferred ? late(found) : seen}; packet ${then.packet} ${moved ? 'completes the handshake' : 'answers it at last'}`,
      ...judged(causes),
      packets: numbers(first, ...acks, ...again, then),
      decides: decides(found),
      clause: isDeferred
        ? 'linux: tcp_check_req (rskq_defer_accept), syn_ack_recalc'
        : 'RFC 9293 §3.8.1 · linux: reqsk_timer_handler, tcp_check_req',
    },
  ]
}

const decides = (found: Repeated): string => {
  if (found.acks.length === 0)
    return 'a capture at the other end; ListenOverflows on the server stays if the ACK was lost'
  const waits =
    'TcpExtTCPDeferAcceptDrop of `nstat` on the server: it grows by one with each bare ACK that is kept waiting'
  return isLate(found)
    ? waits
    : `${waits}; ListenOverflows, with each that meets a full accept queue; both stay if the ACK was lost`
}

const lost = (unseen: boolean, atServer: boolean): Cause => {
  if (!atServer) return { words: 'the third ACK is lost', is: 'third-ack-lost', cost: 1 }
  if (unseen) return { words: 'the third ACK is lost before the tap', is: 'third-ack-lost', cost: 1 }
  return { words: 'the third ACK is lost', ruledOut: 'the capture was taken at the server: it arrived there' }
}

const full = (acks: readonly Said[], atServer: boolean): Cause =>
  atServer && acks.length === 0
    ? { words: 'the accept queue was full', ruledOut: 'no ACK had arrived that could be dropped' }
    : { words: 'the accept queue was full for a while', is: 'ghost-connection', cost: 2, meets: numbers(...acks) }

/** Seconds: the first repetition is due after one. RFC 6298 §5.7 · linux: TCP_TIMEOUT_INIT */
const LATE = 2.5

/** Timeouts in which nothing was sent, and one SYN+ACK when they are over. linux: syn_ack_recalc */
const deferred = (found: Repeated): Cause[] => {
  if (found.acks.length === 0 || found.again.length > 1) return []
  const words = 'TCP_DEFER_ACCEPT of the listener: a client that sends no text is kept waiting'
  const counted = { counter: 'TCPDeferAcceptDrop', times: found.acks.length }
  return [{ words, is: 'deferred-accept', cost: isLate(found) ? 0 : 2, counted }]
}

const isLate = (found: Repeated): boolean =>
  found.acks.length > 0 && found.again.length === 1 && (waitOf(found) ?? 0) > LATE

const waitOf = ({ first, again }: Repeated): number | undefined => {
  const [a, b] = [first.time, again[0]?.time]
  return a === undefined || b === undefined ? undefined : b - a
}

const late = (found: Repeated): string => ` only after ${waitOf(found)!.toFixed(1)} s, though it had an answer`

/** The SYN+ACK is repeated, and the client says nothing at all any more: a half-open handshake. */
export const synAckUnanswered = (talk: Talk): Diagnosis[] => {
  const { said, tap } = talk
  const found = repeatedIn(talk)
  if (found === undefined || found.acks.length > 0) return []
  const { first, again } = found
  const after = said.filter((s) => s.at > first.at && s.from === 'client')
  if (after.length > 0) return []
  const path = 'the SYN+ACKs, or the answers to them, are lost or filtered on the way'
  return [
    {
      id: 'SYN-ACK-unanswered',
      words: `the server repeats its SYN+ACK ${times(again.length)}, and the client never answers: the handshake stays half-open`,
      ...judged([
        tap === 'client'
          ? { words: path, ruledOut: 'the capture was taken at the client: they arrived there' }
          : { words: path, cost: 1 },
        { words: 'the SYN had a forged address, or its sender is gone', cost: 1 },
      ]),
      packets: numbers(first, ...again),
      decides: 'a capture at the client; whether its address answers anything else',
      clause: 'RFC 9293 §3.8.1, RFC 4987 §2 · linux: reqsk_timer_handler, tcp_synack_retries',
    },
  ]
}
