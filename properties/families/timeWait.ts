/** TIME_WAIT: how long, restarted by what, ended by what, and what for. */
import {
  before as earlier,
  hasAck,
  hasRst,
  isTimeWait,
  receivedIn,
  type Segment,
  type ServerObject,
  type Setting,
  type Socket,
  segmentLength,
  type TimeWait,
} from '../../model/index.ts'
import { changed, type Step, same, stepProperty, type TcpProperty } from '../property.ts'

const family = 'TIME_WAIT' as const
const ends = { group: ['client', 'server'] }

/** The ends in TIME_WAIT proper (not its FIN_WAIT2 part) that take part in the step, with what becomes of them. */
const waiting = (s: Step): { before: TimeWait; after: unknown }[] =>
  changed(s).flatMap(({ before, after }) =>
    isTimeWait(before) && before.substate === 'TIME_WAIT' ? [{ before, after }] : [],
  )

const restarts = (w: TimeWait, x: Segment): boolean =>
  !hasRst(x) && ((x.seq === w.rcvNxt && segmentLength(x) === 0) || hasAck(x))

const wasRestarted = (after: unknown): boolean => (after as TimeWait).since === 0

/** Which end, if any, a step made leave TIME_WAIT because its time was over. */
const isOver = (after: unknown): boolean => (after as { because?: string }).because === 'TIME_WAIT over'

export const timeWait: TcpProperty[] = [
  stepProperty(
    {
      id: 'W1',
      family,
      sentence: 'TIME_WAIT lasts 2 MSL from its last start: its timer never ends it sooner.',
      formula: '□[TIME_WAIT over ⇒ since ≥ 2 MSL]',
      source: 'RFC 9293 §3.4.2, §3.6 · linux: TCP_TIMEWAIT_LEN, 60 s',
    },
    (setting) => ({
      reads: ends,
      given: (s: Step) => changedToOver(s).length > 0,
      then: (s: Step) =>
        changedToOver(s).every(
          ({ before }) => isTimeWait(before) && before.since >= 2 * setting.clientStack.durations.msl,
        ),
    }),
  ),
  stepProperty(
    {
      id: 'W2',
      family,
      sentence:
        'TIME_WAIT starts over for a zero-length segment in sequence and for any other segment with ACK; for no RST.',
      formula: '□[restart ⇔ ¬RST ∧ (in sequence, zero length ∨ ACK)]',
      source: 'linux: tcp_timewait_state_process · RFC 9293 §3.10.7.4 (there: for a FIN)',
    },
    {
      reads: ends,
      given: (s: Step) =>
        receivedIn(s.effects) !== undefined &&
        bothBefore(s).some(({ before, after }) => before.since > 0 && isTimeWait(after as TimeWait)),
      then: (s: Step) =>
        bothBefore(s).every(({ before, after }) =>
          before.since === 0 || !isTimeWait(after as TimeWait) || !isReceiver(s, before)
            ? true
            : wasRestarted(after) === restarts(before, receivedIn(s.effects)!),
        ),
    },
  ),
  stepProperty(
    {
      id: 'W3',
      family,
      sentence:
        'TIME_WAIT ends by its timer, by an exact RST (unless tcp_rfc1337), or by a SYN newer than the connection.',
      formula: '□[TIME_WAIT ∧ ¬TIME_WAIT′ ⇒ timer ∨ exact RST ∧ ¬rfc1337 ∨ newer SYN]',
      source: 'linux: tcp_timewait_state_process · RFC 1122 §4.2.2.13 · RFC 1337',
    },
    (setting) => ({
      reads: ends,
      given: (s: Step) => waiting(s).some(({ after }) => !isTimeWait(after as TimeWait)),
      then: (s: Step) =>
        waiting(s).every(({ before, after }) => isTimeWait(after as TimeWait) || mayEnd(s, before, setting)),
    }),
  ),
  stepProperty(
    {
      id: 'W7',
      family,
      sentence: 'No segment of an old incarnation is accepted by a new one: no state, no number there changes.',
      formula: '□[SEG.of < incarnation ⇒ (state, SND, RCV)′ = (state, SND, RCV)]',
      source: 'RFC 9293 §3.4.2, §3.6: why TIME_WAIT lasts 2 MSL',
    },
    {
      reads: ends,
      given: (s: Step) => intruded(s).length > 0,
      then: (s: Step) => intruded(s).every(({ before, after }) => same(essence(before), essence(after))),
    },
  ),
]

/** Ends whose TIME_WAIT its timer has ended: of the server's nothing is left then. */
const changedToOver = (s: Step) =>
  changed(s).filter(
    ({ before, after }) =>
      isOver(after) ||
      (s.rule === 'server timer' && isTimeWait(before) && before.substate === 'TIME_WAIT' && !isTimeWait(after)),
  )

/** Like `waiting`, but also for an end that the segment left as it was. */
const bothBefore = (s: Step): { before: TimeWait; after: unknown }[] => {
  const was = s.before.server.object
  const is = s.after.server.object
  const pairs: { before: unknown; after: unknown }[] = []
  if (s.rule === 'deliver to client') pairs.push({ before: s.before.client.socket, after: s.after.client.socket })
  if (s.rule === 'deliver to server' && was.kind === 'child')
    pairs.push({ before: was.socket, after: is.kind === 'child' ? is.socket : is })
  return pairs.filter(
    (p): p is { before: TimeWait; after: unknown } =>
      isTimeWait(p.before as TimeWait) && (p.before as TimeWait).substate === 'TIME_WAIT',
  )
}

const isReceiver = (s: Step, w: TimeWait): boolean => bothBefore(s).some(({ before }) => before === w)

const mayEnd = (s: Step, w: TimeWait, setting: Setting): boolean => {
  if (s.rule === 'client timer' || s.rule === 'server timer') return true
  const x = receivedIn(s.effects)
  if (x === undefined) return false
  if (hasRst(x)) return x.seq === w.rcvNxt && setting.serverStack.sysctls.tcp_rfc1337 === 0
  return x.flags === 'S' && earlier(w.rcvNxt, x.seq)
}

/** What accepting a segment changes; timers and limiters may move for one that is refused. */
const essence = (x: Socket | ServerObject): unknown => {
  if ('kind' in x)
    return x.kind === 'child' ? essence(x.socket) : { kind: x.kind, ...(x.kind === 'request' && { of: x.of }) }
  return { state: x.state, ...('snd' in x && { snd: x.snd, rcv: x.rcv }) }
}

/** The end of a newer incarnation that a segment of an older one reached. */
const intruded = (s: Step): { before: Socket | ServerObject; after: Socket | ServerObject }[] => {
  const x = receivedIn(s.effects)
  if (x?.of === undefined) return []
  if (s.rule === 'deliver to client') {
    const { client } = s.before
    const isNewer = x.of < client.connects && client.socket.state !== 'CLOSED'
    return isNewer ? [{ before: client.socket, after: s.after.client.socket }] : []
  }
  const object = s.before.server.object
  if (s.rule !== 'deliver to server' || object.kind === 'none' || object.of === undefined || x.of >= object.of)
    return []
  return [{ before: object, after: s.after.server.object }]
}
