/** Closing a connection. */
import {
  add,
  finSent,
  hasFin,
  hasRst,
  isTcb,
  receivedIn,
  type Socket,
  type StateName,
  sentIn,
  stateName,
  textEnd,
} from '../../model/index.ts'
import { changed, invariant, type Step, socketsOf, stepProperty, type TcpProperty, type View } from '../property.ts'

const family = 'closing' as const
const ends = { group: ['client', 'server'] }

/** Every transition a socket may take. RFC 9293 §3.3.2 figure 5, and where Linux adds to it. */
const legal: Readonly<Record<StateName, readonly StateName[]>> = {
  CLOSED: ['SYN_SENT'],
  SYN_SENT: ['ESTABLISHED', 'SYN_RECV', 'CLOSED'],
  SYN_RECV: ['ESTABLISHED', 'FIN_WAIT1', 'CLOSED'],
  ESTABLISHED: ['FIN_WAIT1', 'CLOSE_WAIT', 'CLOSED'],
  FIN_WAIT1: ['FIN_WAIT2', 'CLOSING', 'TIME_WAIT', 'CLOSED'],
  FIN_WAIT2: ['TIME_WAIT', 'CLOSED'],
  CLOSE_WAIT: ['LAST_ACK', 'CLOSED'],
  CLOSING: ['TIME_WAIT', 'CLOSED'],
  LAST_ACK: ['CLOSED'],
  TIME_WAIT: ['CLOSED'],
}

const isIn =
  (...names: StateName[]) =>
  (s: Socket) =>
    names.includes(stateName(s))

/** Steps that bring an end into one of the states. */
const entering =
  (...names: StateName[]) =>
  (s: Step): { before: Socket; after: Socket }[] =>
    changed(s).filter(({ before, after }) => isIn(...names)(after) && !isIn(...names)(before))

/** After this step, the FIN that `before` had sent is acknowledged. */
const ownFinAcked = (before: Socket, s: Step): boolean => {
  if (!isTcb(before)) return stateName(before) === 'FIN_WAIT2'
  const ack = receivedIn(s.effects)?.ack
  return finSent(before) && (before.snd.una === before.snd.nxt || ack === before.snd.nxt)
}

/** By this step or before it, the peer's FIN has been received. */
const peerFinReceived = (before: Socket, s: Step): boolean => {
  if (isIn('CLOSE_WAIT', 'CLOSING', 'LAST_ACK')(before)) return true
  const x = receivedIn(s.effects)
  return (x !== undefined && hasFin(x)) || (isTcb(before) && before.rcv.held.some((h) => h.fin))
}

export const closing: TcpProperty[] = [
  stepProperty(
    {
      id: 'C1',
      family,
      sentence: 'A socket changes its state only along the edges of the state diagram.',
      formula: '□[(state, state′) ∈ diagram]',
      source: 'RFC 9293 §3.3.2 figure 5 · linux: tcp_set_state, new_state',
    },
    {
      reads: ends,
      given: (s: Step) => changed(s).some(({ before, after }) => stateName(before) !== stateName(after)),
      then: (s: Step) =>
        changed(s).every(({ before, after }) => {
          const [from, to] = [stateName(before), stateName(after)]
          return from === to || legal[from].includes(to)
        }),
    },
  ),
  stepProperty(
    {
      id: 'C2',
      family,
      sentence: 'A FIN has one sequence number, the same each time it is sent, and nothing is written behind it.',
      formula: '□[FIN sent ⇒ its number = end of text] ∧ □[fin ⇒ end′ = end]',
      source: 'RFC 9293 §3.6 · linux: tcp_send_fin',
    },
    {
      reads: ends,
      given: (s: Step) =>
        sentIn(s.effects).some(hasFin) || changed(s).some(({ before }) => isTcb(before) && before.snd.fin),
      then: (s: Step) =>
        changed(s).every(
          ({ before, after }) =>
            !isTcb(after) ||
            ((!isTcb(before) || !before.snd.fin || before.snd.end === after.snd.end) &&
              sentIn(s.effects).every((x) => !hasFin(x) || textEnd(x) === after.snd.end)),
        ),
    },
  ),
  stepProperty(
    {
      id: 'C3',
      family,
      sentence: 'FIN_WAIT2 and TIME_WAIT are entered only when the own FIN has been acknowledged.',
      formula: '□ FIN_WAIT2 ∨ TIME_WAIT ⇒ own FIN acked',
      source: 'RFC 9293 §3.10.7.4',
    },
    {
      reads: ends,
      given: (s: Step) => entering('FIN_WAIT2', 'TIME_WAIT')(s).length > 0,
      then: (s: Step) => entering('FIN_WAIT2', 'TIME_WAIT')(s).every(({ before }) => ownFinAcked(before, s)),
    },
  ),
  stepProperty(
    {
      id: 'C4',
      family,
      sentence: "TIME_WAIT is entered only when the peer's FIN has been received and the own one acknowledged.",
      formula: '□ TIME_WAIT ⇒ peer FIN received ∧ own FIN acked',
      source: 'RFC 9293 §3.10.7.4',
    },
    {
      reads: ends,
      given: (s: Step) => entering('TIME_WAIT')(s).length > 0,
      then: (s: Step) =>
        entering('TIME_WAIT')(s).every(({ before }) => ownFinAcked(before, s) && peerFinReceived(before, s)),
    },
  ),
  invariant(
    {
      id: 'C5',
      family,
      sentence: 'In CLOSING the own FIN is sent and not acknowledged.',
      formula: '□ CLOSING ⇒ FIN sent ∧ SND.UNA < SND.NXT',
      source: 'RFC 9293 §3.6',
    },
    {
      reads: ends,
      given: (v: View) => socketsOf(v).some(isIn('CLOSING')),
      then: (v: View) =>
        socketsOf(v)
          .filter(isIn('CLOSING'))
          .every((t) => isTcb(t) && t.snd.fin && t.snd.una !== add(t.snd.end, 1)),
    },
  ),
  stepProperty(
    {
      id: 'C6',
      family,
      sentence: "CLOSE_WAIT and LAST_ACK come after the peer's FIN.",
      formula: '□ CLOSE_WAIT ∨ LAST_ACK ⇒ peer FIN received',
      source: 'RFC 9293 §3.6',
    },
    {
      reads: ends,
      given: (s: Step) => entering('CLOSE_WAIT', 'LAST_ACK')(s).length > 0,
      then: (s: Step) => entering('CLOSE_WAIT', 'LAST_ACK')(s).every(({ before }) => peerFinReceived(before, s)),
    },
  ),
  stepProperty(
    {
      id: 'C7',
      family,
      sentence: 'LAST_ACK never leads to TIME_WAIT.',
      formula: '□[LAST_ACK ⇒ ¬TIME_WAIT′]',
      source: 'RFC 9293 §3.6',
    },
    {
      reads: ends,
      given: (s: Step) => changed(s).some(({ before, after }) => isIn('LAST_ACK')(before) && !isIn('LAST_ACK')(after)),
      then: (s: Step) =>
        changed(s).every(({ before, after }) => !isIn('LAST_ACK')(before) || !isIn('TIME_WAIT', 'FIN_WAIT2')(after)),
    },
  ),
  stepProperty(
    {
      id: 'C8',
      family,
      sentence: 'close() with unread data sends RST and no FIN.',
      formula: '□[close ∧ unread > 0 ⇒ RST ∧ ¬FIN]',
      source: 'RFC 2525 §2.17 · linux: __tcp_close',
    },
    {
      reads: ends,
      given: (s: Step) =>
        s.rule.endsWith(' close') && changed(s).some(({ before }) => isTcb(before) && before.rcv.unread > 0),
      then: (s: Step) => sentIn(s.effects).some(hasRst) && !sentIn(s.effects).some(hasFin),
    },
  ),
]
