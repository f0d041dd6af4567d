/** What comes of a course: for the client, for the server, and which packets of the capture it does without. */
import { add, before, type Ending, isClosed, isTcb, type Seq, type Socket, seq, stateName } from '../../model/index.ts'
import type { OwnNumbers } from '../replay/packets/numbers.ts'
import type { Observation } from '../replay/packets/observation.ts'
import type { Clock } from './clock.ts'
import { type Course, type Moment, socketOf } from './course.ts'

export type Errno = 'ECONNRESET' | 'ECONNREFUSED' | 'ETIMEDOUT'

const errnos: Partial<Record<Ending, Errno>> = {
  reset: 'ECONNRESET',
  refused: 'ECONNREFUSED',
  'timed out': 'ETIMEDOUT',
}

export interface ClientOutcome {
  /** As `ss` names it, when nothing happens any more but that TIME_WAIT or FIN_WAIT2 runs out. */
  readonly state: string
  /** What its application is told. */
  readonly gets?: Errno
  /** Bytes that it has written, from the beginning of the connection, and how many of them are acknowledged. */
  readonly written: number
  readonly acknowledged: number
  /** Seconds since the first packet: of the error, or of the last acknowledgment. */
  readonly at?: number
}

export interface ServerOutcome {
  readonly state: string
  /** Bytes of text that it takes. */
  readonly received: number
}

const textEnd = (s: Socket): Seq | undefined => (isTcb(s) ? s.snd.end : undefined)
const acked = (s: Socket): Seq | undefined => (isTcb(s) ? s.snd.una : s.state === 'TIME_WAIT' ? s.sndNxt : undefined)

export const clientOutcome = ({ moments }: Course, clock: Clock, own: OwnNumbers): ClientOutcome => {
  const last = moments.at(-1)!.client
  const failed = moments.find(({ client }) => isClosed(client) && errnos[client.because] !== undefined)
  const gets = failed && isClosed(failed.client) ? errnos[failed.client.because] : undefined
  const begun = moments.flatMap(({ client }) => acked(client) ?? [])[0]
  const end = moments.flatMap(({ client }) => textEnd(client) ?? []).at(-1)
  const all =
    begun === undefined || end === undefined ? undefined : moments.find(({ client }) => covers(acked(client), end))
  const una = moments.flatMap(({ client }) => acked(client) ?? []).at(-1)
  const written = bytesOf(begun, end, own)
  const told = failed ?? (written > 0 ? all : undefined)
  const at = told && clock.seconds(told.at)
  return {
    state: stateName(last),
    ...(gets && { gets }),
    written,
    acknowledged: bytesOf(begun, covers(una, end) ? end : una, own),
    ...(at !== undefined && { at }),
  }
}

const covers = (una: Seq | undefined, end: Seq | undefined): boolean =>
  una !== undefined && end !== undefined && !before(una, end)

/** Of the client's text, between two numbers of the course. */
const bytesOf = (from: Seq | undefined, to: Seq | undefined, { toCapture }: OwnNumbers): number =>
  from === undefined || to === undefined ? 0 : seq(toCapture('client', to) - toCapture('client', from))

export const serverOutcome = ({ moments }: Course, own: OwnNumbers, name: (m: Moment) => string): ServerOutcome => {
  const taken = moments.flatMap(({ server }) => {
    const socket = socketOf(server)
    return socket && isTcb(socket) ? [{ nxt: socket.rcv.nxt, state: socket.state }] : []
  })
  const [first, last] = [taken[0], taken.at(-1)]
  const fin = last !== undefined && /CLOSE_WAIT|LAST_ACK|CLOSING/.test(last.state) ? 1 : 0
  return {
    state: name(moments.at(-1)!),
    received: first && last ? bytesOf(first.nxt, add(last.nxt, -fin), own) : 0,
  }
}

/** Packets of the capture that would not exist, by their numbers. */
export interface Spared {
  readonly packets: readonly number[]
  readonly synAcks: number
  /** Retransmissions of text or FIN, and of SYN. */
  readonly repetitions: number
  /** Bare ACKs of the client. */
  readonly acks: number
  readonly resets: number
  readonly others: number
}

export const sparedOf = (o: readonly Observation[], indices: readonly number[]): Spared => {
  const kinds = indices.map((i) => kindOf(o, i))
  const count = (kind: ReturnType<typeof kindOf>): number => kinds.filter((k) => k === kind).length
  return {
    packets: indices.map((i) => o[i]!.packet),
    synAcks: count('SYN+ACK'),
    repetitions: count('repetition'),
    acks: count('ACK'),
    resets: count('RST'),
    others: count('other'),
  }
}

const kindOf = (o: readonly Observation[], index: number): 'SYN+ACK' | 'repetition' | 'ACK' | 'RST' | 'other' => {
  const { flags, from, len, segment } = o[index]!
  if (flags.includes('R')) return 'RST'
  if (flags === 'S.' && from === 'server') return 'SYN+ACK'
  if (len === 0 && flags === '.') return from === 'client' ? 'ACK' : 'other'
  const again = o.slice(0, index).some((x) => {
    const same = x.from === from && x.segment.seq === segment.seq
    return same && (x.len > 0 || /[SF]/.test(x.flags))
  })
  return again ? 'repetition' : 'other'
}
