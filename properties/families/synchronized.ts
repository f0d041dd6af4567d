/** What segments with SYN, RST or nothing may do to a connection that exists. */
import {
  add,
  countIn,
  before as earlier,
  hasAck,
  hasFin,
  hasRst,
  hasSyn,
  isTcb,
  receivedIn,
  type Segment,
  type Setting,
  type Socket,
  segmentEnd,
  sentIn,
  stateName,
} from '../../model/index.ts'
import { type Step, same, stepProperty, type TcpProperty } from '../property.ts'

const ends = { group: ['client', 'server'] }

/** The receiver of this step's segment, as it was and as it is; a server without a socket received none. */
export const receiver = (s: Step): { was: Socket; is: Socket; segment: Segment } | undefined => {
  const segment = receivedIn(s.effects)
  if (segment === undefined) return undefined
  if (s.rule === 'deliver to client') return { was: s.before.client.socket, is: s.after.client.socket, segment }
  const [was, is] = [s.before.server.object, s.after.server.object]
  if (was.kind !== 'child') return undefined
  return { was: was.socket, is: is.kind === 'child' ? is.socket : { state: 'CLOSED', because: 'closed' }, segment }
}

const unsynchronized = ['CLOSED', 'SYN_SENT', 'SYN_RECV', 'TIME_WAIT']
const isSynchronized = (socket: Socket): boolean => !unsynchronized.includes(stateName(socket))

/** What a refused segment must not touch. Timers and limiters may move. */
const essence = (x: Socket) => [x.state, 'snd' in x ? [x.snd, x.rcv] : []]

const isOut = (socket: Socket, s: Segment, { clientStack }: Setting): boolean => {
  if (!isTcb(socket)) return false
  const { nxt } = socket.rcv
  return earlier(segmentEnd(s), nxt) || earlier(add(nxt, clientStack.window), s.seq)
}

export const synchronized: TcpProperty[] = [
  stepProperty(
    {
      id: 'H9',
      family: 'handshake',
      sentence: 'A SYN never ends a synchronized connection.',
      formula: '□[synchronized ∧ SYN ∧ ¬RST ⇒ state′ = state]',
      source:
        'RFC 5961 §4 · linux: tcp_validate_incoming; a FIN_WAIT2 without a process is deleted (tcp_timewait_state_process)',
    },
    {
      reads: ends,
      given: (s: Step) => {
        const r = receiver(s)
        return r !== undefined && isSynchronized(r.was) && hasSyn(r.segment) && !hasRst(r.segment)
      },
      then: (s: Step) => {
        const { was, is } = receiver(s)!
        return stateName(was) === stateName(is)
      },
    },
  ),
  stepProperty(
    {
      id: 'P1',
      family: 'handshake',
      sentence: 'A SYN or SYN+ACK in a synchronized state is never taken: no state and no number changes.',
      formula: '□[synchronized ∧ SYN ⇒ (state, SND, RCV)′ = (state, SND, RCV)]',
      source: 'RFC 5961 §4 · FreeBSD tcp-testsuite',
    },
    {
      reads: ends,
      given: (s: Step) => {
        const r = receiver(s)
        return r !== undefined && isTcb(r.was) && isSynchronized(r.was) && hasSyn(r.segment) && !hasRst(r.segment)
      },
      then: (s: Step) => {
        const { was, is } = receiver(s)!
        return same(essence(was), essence(is))
      },
    },
  ),
  stepProperty(
    {
      id: 'P2',
      family: 'handshake',
      sentence: 'A closed socket answers everything but a RST with one RST.',
      formula: '□[CLOSED ∧ ¬RST received ⇒ RST]',
      source: 'RFC 9293 §3.10.7.1 · linux: tcp_v4_rcv (no_tcp_socket)',
    },
    {
      reads: ends,
      given: (s: Step) => s.rule === 'deliver to client' && s.before.client.socket.state === 'CLOSED',
      then: ({ effects }: Step) => {
        const isReset = hasRst(receivedIn(effects, 'client')!)
        const sent = sentIn(effects, 'client')
        return isReset ? sent.length === 0 : sent.length === 1 && hasRst(sent[0]!)
      },
    },
  ),
  stepProperty(
    {
      id: 'DT5',
      family: 'data',
      sentence: 'A segment without ACK delivers nothing.',
      formula: '□[¬ACK ⇒ (RCV.NXT, unread)′ = (RCV.NXT, unread)]',
      source: 'RFC 9293 §3.10.7.4 fifth · linux: tcp_rcv_state_process',
    },
    {
      reads: ends,
      given: (s: Step) => {
        const r = receiver(s)
        return r !== undefined && isTcb(r.was) && !hasAck(r.segment)
      },
      then: (s: Step) => {
        const { was, is } = receiver(s)!
        return !isTcb(is) || !isTcb(was) || same(was.rcv, is.rcv)
      },
    },
  ),
  stepProperty(
    {
      id: 'DT9',
      family: 'data',
      sentence: 'A segment out of the window changes nothing of what was received.',
      formula: '□[SEG ∉ window ⇒ RCV′ = RCV]',
      source: 'RFC 9293 §3.4 · linux: tcp_sequence',
    },
    (setting) => ({
      reads: ends,
      given: (s: Step) => {
        const r = receiver(s)
        return r !== undefined && isOut(r.was, r.segment, setting)
      },
      then: (s: Step) => {
        const { was, is } = receiver(s)!
        return !isTcb(was) || !isTcb(is) || same(was.rcv, is.rcv)
      },
    }),
  ),
  stepProperty(
    {
      id: 'N12',
      family: 'counters',
      sentence: 'A challenge ACK that answers a SYN is counted as one: TCPSYNChallenge is never behind.',
      formula: '□[synchronized ∧ SYN ∧ ΔTCPChallengeACK = 1 ⇒ ΔTCPSYNChallenge = 1]',
      source: 'linux: tcp_validate_incoming, tcp_send_challenge_ack',
    },
    {
      reads: ends,
      given: (s: Step) => {
        const r = receiver(s)
        return r !== undefined && hasSyn(r.segment) && countIn(s.effects, 'TCPChallengeACK') > 0
      },
      then: ({ effects }: Step) => countIn(effects, 'TCPSYNChallenge') === countIn(effects, 'TCPChallengeACK'),
    },
  ),
]

/** A segment that brings text or a FIN. */
export const brings = (s: Segment): boolean => s.len > 0 || hasFin(s)
