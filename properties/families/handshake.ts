/** Opening a connection at a listener. */
import {
  add,
  countIn,
  before as earlier,
  hasAck,
  hasRst,
  hasSyn,
  type Request,
  receivedIn,
  type Segment,
  type Setting,
  segmentEnd,
  sentIn,
} from '../../model/index.ts'
import { invariant, type Step, same, stepProperty, type TcpProperty, type View } from '../property.ts'

const family = 'handshake' as const
type Both = Pick<View, 'server' | 'listener'>
const both = { group: ['server'], shared: ['listener'] }
const server = { group: ['server'] }

const requestBefore = (s: Step<Pick<View, 'server'>>): Request | undefined =>
  s.before.server.object.kind === 'request' ? s.before.server.object : undefined

/** A segment that completes the handshake, said without the reducer's help: RFC 9293 §3.10.7.4 for SYN-RECEIVED. */
const isThirdAck = (r: Request, s: Segment, window: number): boolean =>
  s.ack === add(r.iss, 1) &&
  !hasRst(s) &&
  !hasSyn(s) &&
  (s.seq === r.rcvNxt || (earlier(r.rcvNxt, segmentEnd(s)) && earlier(s.seq, add(r.rcvNxt, window + 1))))

const room = (v: Both, setting: Setting): boolean =>
  !v.listener.closed && (!setting.serverStack.dialect.queues || v.listener.acceptQueue <= v.listener.backlog)

/** Nothing of the connection exists at the server, and a segment arrives. */
const atListener = (s: Step<Pick<View, 'server'>>): Segment | undefined =>
  s.before.server.object.kind === 'none' ? receivedIn(s.effects, 'server') : undefined

export const handshake: TcpProperty[] = [
  invariant(
    {
      id: 'H4',
      family,
      sentence: 'No data is accepted in SYN_RECV: what a request expects next is what it expected first.',
      formula: '□ R.rcv_nxt = R.rcv_isn + 1',
      source: 'linux: tcp_check_req · RFC 9293 §3.10.7.4',
    },
    {
      reads: server,
      given: (v: View) => v.server.object.kind === 'request',
      then: (v: View) => v.server.object.kind !== 'request' || v.server.object.rcvNxt === add(v.server.object.irs, 1),
    },
  ),
  stepProperty(
    {
      id: 'H5',
      family,
      sentence: 'While a request lives, the server acknowledges nothing beyond the SYN.',
      formula: '□[R ∧ R′ ∧ sends ⇒ SEG.ACK = R.rcv_isn + 1]',
      source: 'linux: tcp_check_req, tcp_make_synack',
    },
    {
      reads: server,
      given: (s: Step) =>
        requestBefore(s) !== undefined &&
        s.after.server.object.kind === 'request' &&
        sentIn(s.effects, 'server').some(hasAck),
      then: (s: Step) =>
        sentIn(s.effects, 'server').every((x) => x.ack === undefined || x.ack === add(requestBefore(s)!.irs, 1)),
    },
  ),
  stepProperty(
    {
      id: 'H6',
      family,
      sentence: 'A valid third ACK with room in the accept queue makes a child, established or beyond, at the tail.',
      formula: '□[third ACK ∧ a ≤ B ⇒ child′ ∈ FIFO ∧ state′ ≥ ESTABLISHED]',
      source: 'linux: tcp_v4_syn_recv_sock, tcp_child_process',
    },
    (setting) => ({
      reads: both,
      given: (s: Step<Both>) => {
        const r = requestBefore(s)
        const x = receivedIn(s.effects, 'server')
        return (
          r !== undefined && x !== undefined && isThirdAck(r, x, setting.serverStack.window) && room(s.before, setting)
        )
      },
      then: ({ before, after }: Step<Both>) =>
        after.server.object.kind === 'child' &&
        after.server.object.place === before.listener.acceptQueue &&
        (after.server.object.socket.state === 'ESTABLISHED' || after.server.object.socket.state === 'CLOSE_WAIT'),
    }),
  ),
  stepProperty(
    {
      id: 'H7',
      family,
      sentence: 'A wrong acknowledgment number is answered with RST and leaves the request as it was.',
      formula: '□[SEG.ACK ≠ R.snt_isn + 1 ⇒ RST ∧ R′ = R]',
      source: 'linux: tcp_check_req · RFC 9293 §3.10.7.4 fifth',
    },
    {
      reads: server,
      given: (s: Step) => {
        const r = requestBefore(s)
        const x = receivedIn(s.effects, 'server')
        return r !== undefined && x !== undefined && x.ack !== undefined && !hasRst(x) && x.ack !== add(r.iss, 1)
      },
      then: (s: Step) =>
        same(s.before.server, s.after.server) && sentIn(s.effects, 'server').filter(hasRst).length === 1,
    },
  ),
  stepProperty(
    {
      id: 'H8',
      family,
      sentence: 'A RST deletes a request only with exactly the sequence number that the request expects.',
      formula: '□[R ∧ RST ∧ ¬R′ ⇒ SEG.SEQ = R.rcv_nxt]',
      source: 'RFC 5961 §3 · linux: tcp_check_req since 2026; before, any RST in the window',
    },
    {
      reads: server,
      given: (s: Step) => requestBefore(s) !== undefined && hasRst(receivedIn(s.effects, 'server') ?? noSegment),
      then: (s: Step) =>
        s.after.server.object.kind === 'request' || receivedIn(s.effects, 'server')?.seq === requestBefore(s)?.rcvNxt,
    },
  ),
  stepProperty(
    {
      id: 'H10',
      family,
      sentence: 'SYN+FIN, RST, a FIN without ACK and a segment without flags change nothing at a listener.',
      formula: '□[LISTEN ∧ (SYN+FIN ∨ RST ∨ FIN ∨ none) ⇒ unchanged ∧ silent]',
      source: 'linux: tcp_rcv_state_process (LISTEN)',
    },
    {
      reads: both,
      given: (s: Step<Both>) => {
        const x = atListener(s)
        return x !== undefined && (hasRst(x) || x.flags === 'SF' || x.flags === 'F' || x.flags === '')
      },
      then: ({ before, after, effects }: Step<Both>) => same(before, after) && sentIn(effects, 'server').length === 0,
    },
  ),
  stepProperty(
    {
      id: 'H11',
      family,
      sentence: 'An ACK to a listener that knows nothing of it is answered with RST.',
      formula: '□[LISTEN ∧ ACK ⇒ RST]',
      source: 'RFC 9293 §3.10.7.2 second · linux: tcp_rcv_state_process (LISTEN)',
    },
    {
      reads: both,
      given: (s: Step<Both>) => {
        const x = atListener(s)
        return x !== undefined && hasAck(x) && !hasRst(x)
      },
      then: ({ before, after, effects }: Step<Both>) => {
        const [answer, ...more] = sentIn(effects, 'server')
        const isReset = answer?.flags === 'R' && answer.seq === receivedIn(effects, 'server')?.ack
        return same(before, after) && isReset && more.length === 0 && countIn(effects, 'OutRsts') === 1
      },
    },
  ),
  stepProperty(
    {
      id: 'H12',
      family,
      sentence: 'Text on a SYN is not taken.',
      formula: '□[SYN with text ⇒ R.rcv_nxt′ = SEG.SEQ + 1]',
      source: 'linux: tcp_conn_request (without TCP Fast Open)',
    },
    {
      reads: server,
      given: (s: Step) => {
        const x = receivedIn(s.effects, 'server')
        return x?.flags === 'S' && x.len > 0 && s.after.server.object.kind === 'request'
      },
      then: (s: Step) =>
        s.after.server.object.kind === 'request' &&
        s.after.server.object.rcvNxt === add(s.after.server.object.irs, 1) &&
        sentIn(s.effects, 'server').every((x) => x.ack === add(receivedIn(s.effects, 'server')!.seq, 1)),
    },
  ),
]

const noSegment: Segment = { flags: '', seq: add(0 as Segment['seq'], 0), len: 0 }
