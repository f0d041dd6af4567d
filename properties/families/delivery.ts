/** What an acknowledgment promises, what a FIN ends, and what becomes of text that cannot be read any more. */
import {
  countIn,
  before as earlier,
  hasAck,
  hasFin,
  hasRst,
  hasSyn,
  isTcb,
  notAfter,
  receivedIn,
  type Segment,
  sentIn,
  stateName,
  type Tcb,
} from '../../model/index.ts'
import { changed, happens, invariant, type Step, stepProperty, type TcpProperty, type View } from '../property.ts'
import { brings, receiver } from './synchronized.ts'

const family = 'data' as const
const ends = { group: ['client', 'server'] }

/** A TCB that a segment reached, before; with what became of it. */
const atTcb = (s: Step): { was: Tcb; is: unknown; segment: Segment } | undefined => {
  const r = receiver(s)
  return r !== undefined && isTcb(r.was) ? { ...r, was: r.was } : undefined
}

const isPlain = (s: Segment): boolean => hasAck(s) && !hasRst(s) && !hasSyn(s)

/** Text that stands exactly where the socket goes on reading. */
const bringsNext = (was: Tcb, s: Segment): boolean => isPlain(s) && s.len > 0 && s.seq === was.rcv.nxt

export const delivery: TcpProperty[] = [
  stepProperty(
    {
      id: 'DT3',
      family,
      sentence: 'An acknowledgment is taken only of what has been sent.',
      formula: '□[SND.UNA′ > SND.UNA ⇒ SEG.ACK ≤ SND.NXT]',
      source: 'RFC 9293 §3.10.7.4 fifth · linux: tcp_ack',
    },
    {
      reads: ends,
      given: (s: Step) => {
        const r = atTcb(s)
        return r !== undefined && isTcb(r.is as Tcb) && (r.is as Tcb).snd.una !== r.was.snd.una
      },
      then: (s: Step) => {
        const { was, segment } = atTcb(s)!
        return segment.ack !== undefined && notAfter(segment.ack, was.snd.nxt)
      },
    },
  ),
  invariant(
    {
      id: 'DT4',
      family,
      sentence:
        'What came while the accept queue was full is not acknowledged: a ghost has nothing but its SYN acknowledged.',
      formula: '□ R with acked ⇒ SND.UNA of the client = ISS + 1',
      source: 'linux: tcp_check_req (listen_overflow)',
    },
    {
      reads: ends,
      given: ({ client, server: { object } }: View) =>
        isTcb(client.socket) && object.kind === 'request' && object.acked,
      then: ({ client, server: { object } }: View) =>
        isTcb(client.socket) && object.kind === 'request' && notAfter(client.socket.snd.una, object.rcvNxt),
    },
  ),
  stepProperty(
    {
      id: "DT4'",
      family,
      sentence: 'Text that meets a full accept queue is not acknowledged.',
      formula: '□[overflow ∧ text ⇒ no ACK]',
      source: 'linux: tcp_check_req (listen_overflow)',
    },
    {
      reads: { group: ['server'] },
      given: ({ effects }: Step<Pick<View, 'server'>>) =>
        countIn(effects, 'ListenOverflows') > 0 && brings(receivedIn(effects, 'server')!),
      then: ({ effects }: Step<Pick<View, 'server'>>) => !sentIn(effects, 'server').some(hasAck),
    },
  ),
  stepProperty(
    {
      id: 'DT6',
      family,
      sentence: "After the peer's FIN nothing more is received.",
      formula: '□[FIN received ⇒ RCV.NXT′ = RCV.NXT]',
      source: 'RFC 9293 §3.10.7.4 seventh',
    },
    {
      reads: ends,
      given: (s: Step) => ['CLOSE_WAIT', 'CLOSING', 'LAST_ACK'].includes(atTcb(s)?.was.state ?? ''),
      then: (s: Step) => {
        const { was, is } = atTcb(s)!
        return !isTcb(is as Tcb) || (is as Tcb).rcv.nxt === was.rcv.nxt
      },
    },
  ),
  stepProperty(
    {
      id: 'DT7',
      family,
      sentence: 'After shutdown(SHUT_WR) the peer is still listened to: its text is taken and acknowledged.',
      formula: '□[half-closed ∧ next text ⇒ RCV.NXT′ > RCV.NXT ∧ ACK]',
      source: 'RFC 9293 §3.6 · linux: tcp_rcv_state_process',
    },
    {
      reads: ends,
      given: (s: Step) => {
        const r = atTcb(s)
        if (r === undefined || r.was.orphan || !bringsNext(r.was, r.segment)) return false
        return r.was.state === 'FIN_WAIT1' || r.was.state === 'FIN_WAIT2'
      },
      then: (s: Step) => {
        const { was, is } = atTcb(s)!
        const taken = !isTcb(is as Tcb) || earlier(was.rcv.nxt, (is as Tcb).rcv.nxt)
        return taken && sentIn(s.effects).some((x) => hasAck(x) && !hasRst(x))
      },
    },
  ),
  stepProperty(
    {
      id: 'DT8',
      family,
      sentence: 'After close() new text is answered with RST, and the connection is gone.',
      formula: '□[closed by its process ∧ next text ⇒ RST ∧ CLOSED′]',
      source: 'RFC 1122 §4.2.2.13 · linux: tcp_rcv_state_process',
    },
    {
      reads: ends,
      given: (s: Step) => {
        const r = atTcb(s)
        const isOpen = r?.was.state === 'FIN_WAIT1' || r?.was.state === 'FIN_WAIT2'
        return r !== undefined && isOpen && r.was.orphan === true && bringsNext(r.was, r.segment)
      },
      then: (s: Step) => sentIn(s.effects).some(hasRst) && stateName(receiver(s)!.is) === 'CLOSED',
    },
  ),
  happens(
    {
      id: 'DT10',
      family,
      sentence: 'Text that was acknowledged is lost to the process: its end dies before it was read.',
      formula: '◇[unread > 0 ∧ CLOSED′]',
      source: 'no promise of TCP: RFC 9293 §3.8; RST, linger 0, close() of the listener',
    },
    {
      reads: ends,
      when: (s: Step) =>
        changed(s).some(({ before, after }) => isTcb(before) && before.rcv.unread > 0 && stateName(after) === 'CLOSED'),
    },
  ),
  stepProperty(
    {
      id: 'P3',
      family: 'closing',
      sentence: 'close() in ESTABLISHED and CLOSE_WAIT leads to a FIN; with unread data to a RST instead.',
      formula: '□[close ∧ unread = 0 ⇒ FIN] ∧ □[close ∧ unread > 0 ⇒ RST]',
      source: 'RFC 2525 §2.17 · learned models (CAV 2016)',
    },
    {
      reads: ends,
      given: (s: Step) => s.rule.endsWith(' close') && closing(s) !== undefined,
      then: (s: Step) => {
        const { before, after } = closing(s)!
        if (before.rcv.unread > 0) return sentIn(s.effects).some(hasRst)
        return (isTcb(after as Tcb) && (after as Tcb).snd.fin) || sentIn(s.effects).some(hasFin)
      },
    },
  ),
  invariant(
    {
      id: 'P4',
      family: 'closing',
      sentence:
        'With nothing in flight and nothing to repeat, no end is established while the other is in SYN_SENT or TIME_WAIT.',
      formula: '□ quiet ⇒ ¬(ESTABLISHED ∧ peer ∈ {SYN_SENT, TIME_WAIT})',
      source: 'RFC 9293 §3.5.1: what a lossless exchange rules out · KORG',
    },
    {
      reads: { group: ['client', 'server', 'up', 'down'] },
      given: (v: View) => isQuiet(v) && states(v).includes('ESTABLISHED'),
      then: (v: View) => !states(v).some((state) => state === 'SYN_SENT' || state === 'TIME_WAIT'),
    },
  ),
  invariant(
    {
      id: 'P6',
      family: 'handshake',
      sentence: 'With nothing in flight and nothing to repeat, both ends agree whether they are connected.',
      formula: '□ quiet ⇒ (client ESTABLISHED ⇔ server ESTABLISHED)',
      source: 'KORG: queues empty, both ends agree; a ghost and a half-open connection do not',
    },
    {
      reads: { group: ['client', 'server', 'up', 'down'] },
      given: (v: View) => isQuiet(v) && states(v).includes('ESTABLISHED'),
      then: (v: View) => states(v).every((state) => state === 'ESTABLISHED') && states(v).length === 2,
    },
  ),
]

const closing = (s: Step): { before: Tcb; after: unknown } | undefined => {
  const [first] = changed(s).filter(
    ({ before }) => isTcb(before) && (before.state === 'ESTABLISHED' || before.state === 'CLOSE_WAIT'),
  )
  return first && { before: first.before as Tcb, after: first.after }
}

const states = ({ client, server: { object } }: View): string[] => [
  stateName(client.socket),
  ...(object.kind === 'child' ? [stateName(object.socket)] : []),
]

/** Nothing in flight, nothing to be sent again. TIME_WAIT may wait. */
const isQuiet = ({ client, server: { object }, up, down }: View): boolean => {
  const repeats = (socket: object) => 'rtx' in socket && socket.rtx !== undefined
  return (
    up.length + down.length === 0 &&
    !repeats(client.socket) &&
    object.kind !== 'request' &&
    !(object.kind === 'child' && repeats(object.socket))
  )
}
