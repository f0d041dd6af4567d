/** Wrong ends of connections: FINs, RSTs, TIME_WAIT, timers, and what is kept. */
import {
  add,
  type Client,
  closed,
  isTcb,
  isTimeWait,
  type Listener,
  type Server,
  type Socket,
  seq,
  type Tcb,
  type TimeWait,
} from '../../../model/index.ts'
import {
  at,
  onClient,
  onRequest,
  onServerTcb,
  tcb,
  type Where,
  type Wrong,
  type WrongRow,
  withObject,
  without,
} from '../wrongModels.ts'

const finLost: Where = ['FIN-lost', {}]
const both: Where = ['simultaneous-close', { loss: 0 }]
const half: Where = ['half-close', {}]
const meets: Where = ['TIME_WAIT-meets-segments', {}]
const final: Where = ['final-ACK-lost', {}]
const noRoom: Where = ['no-room-for-TIME_WAIT', {}]
const orphan: Where = ['orphan-given-up', {}]

const waiting = (rcvNxt = 502, sndNxt = 102): Socket => ({
  state: 'TIME_WAIT',
  substate: 'TIME_WAIT',
  sndNxt: seq(sndNxt),
  rcvNxt: seq(rcvNxt),
  left: 4,
  since: 0,
})

/** The client's socket where it goes from one state to another, replaced. */
const onMove = (from: string, to: string, is: (s: Socket) => Socket): Wrong =>
  onClient((s, was) => (was.state === from && s.state === to ? is(s) : s))

const forget = (s: Socket): Socket => (s.state === 'CLOSED' ? s : closed('closed'))

/** The server's socket after any step of its own, replaced. */
const onServer = (when: (is: Socket, was: Server, rule: string) => boolean, change: (s: Socket) => Socket): Wrong =>
  at('server', (o, was, _, rule) => {
    const { object } = o.state as Server
    if (o.effects === undefined || object.kind !== 'child' || !when(object.socket, was as Server, rule)) return o
    return withObject(o, { ...object, socket: change(object.socket) })
  })

const adds = (when: string, effect: string): Wrong => {
  const change: Parameters<typeof at>[1] = (o) =>
    o.effects?.some((e) => e.includes(when)) ? { ...o, effects: [...o.effects, effect] } : o
  return (model) => at('client', change)(at('server', change)(model))
}

/** TIME_WAIT, or its FIN_WAIT2 part, whose timer starts over whenever it fires. */
const forEver: Wrong = onClient((s, was, _, rule) =>
  rule === 'client timer' && was.state === 'TIME_WAIT' ? { ...was, left: 1, since: 0 } : s,
)

/** Whatever comes, and whatever time passes, it repeats what it has sent. */
const stuckIn = (state: string): Wrong =>
  onClient((s, was) => (isTcb(was) && was.state === state ? { ...was, rtx: { left: 1, n: 0 } } : s))
const unheard: Wrong = onClient((s, was) =>
  isTcb(was) && was.snd.una !== was.snd.nxt ? { ...was, rtx: { left: 1, n: 0 } } : s,
)

const old = ({ young: _, ...w }: TimeWait): TimeWait => w

/** connect() takes TIME_WAIT for older than it is. */
const impatient: Wrong = (model) => ({
  ...model,
  rules: model.rules.map((rule) => ({
    ...rule,
    links: rule.links.map((link) => ({
      ...link,
      step: (c, label) =>
        link.part === 'client' && rule.name.endsWith(' connect') && isTimeWait((c as Client).socket)
          ? link.step({ ...c, socket: old(c.socket) }, label, 0)
          : link.step(c, label, 0),
    })),
  })),
})

const unacknowledged = (t: Tcb): Tcb => ({ ...t, rtx: { left: 1, n: 0 } })

export const wrongClosing: readonly WrongRow[] = [
  ['C1', finLost, 'FIN_WAIT1 that goes back', onMove('FIN_WAIT1', 'TIME_WAIT', () => tcb('ESTABLISHED'))],
  [
    'C2',
    finLost,
    'a FIN of another number each time',
    onClient((s, was) =>
      isTcb(s) && isTcb(was) && was.snd.fin ? { ...s, snd: { ...s.snd, end: add(s.snd.end, 1) } } : s,
    ),
  ],
  [
    'C3',
    finLost,
    'FIN_WAIT2 before the FIN is acknowledged',
    onClient((s, was) =>
      was.state === 'ESTABLISHED' && s.state === 'FIN_WAIT1' ? { ...(s as Tcb), state: 'FIN_WAIT2' } : s,
    ),
  ],
  ['C4', finLost, "TIME_WAIT before the peer's FIN", onMove('FIN_WAIT1', 'TIME_WAIT', () => waiting(501))],
  [
    'C5',
    both,
    'CLOSING whose FIN is acknowledged',
    onClient((s) => (isTcb(s) && s.state === 'CLOSING' ? { ...s, snd: { ...s.snd, una: s.snd.nxt } } : s)),
  ],
  [
    'C6',
    half,
    'CLOSE_WAIT without a FIN',
    onServerTcb(
      (s, was) => was.state === 'ESTABLISHED' && s.len > 0,
      (t) => ({ ...t, state: 'CLOSE_WAIT' }),
    ),
  ],
  [
    'C7',
    final,
    'LAST_ACK that waits in TIME_WAIT',
    at('server', (o, was) => {
      const { object } = was as Server
      return object.kind === 'child' &&
        object.socket.state === 'LAST_ACK' &&
        o.state.object.kind === 'none' &&
        o.effects
        ? withObject(o, { ...object, socket: waiting(102, 502) })
        : o
    }),
  ],
  ['C8', ['unread-at-close', {}], 'close() with unread data sends a FIN', without('sent [R')],
  [
    'C9',
    finLost,
    'close() that only forgets',
    onClient((s, was, _, rule) => (rule === 'client close' && isTcb(was) ? closed('closed') : s)),
  ],
  ['C10', finLost, 'a closed socket that acknowledges', adds('client received [F.]', 'client sent [.] 102+0 ack 502')],
  [
    'C11',
    finLost,
    'FIN_WAIT1 without a FIN',
    onClient((s) => (isTcb(s) && s.state === 'FIN_WAIT1' ? { ...s, snd: { ...s.snd, fin: false } } : s)),
  ],
  [
    'C12',
    ['RST-in-the-window', { kernel: 'rfc9293' }],
    'any RST ends a connection',
    at('server', (o, was, { segment }) =>
      segment?.flags === 'R' && (was as Server).object.kind === 'child' && o.effects
        ? withObject(o, { kind: 'none' })
        : o,
    ),
  ],
  [
    'C13',
    ['RST-in-the-window', { kernel: 'rfc9293' }],
    'every RST is answered',
    adds('server received [R]', 'server sent [.] 501+0 ack 101'),
  ],
  ['C14', half, 'a half-closed connection that cannot send', without('server sent [.] 501+1')],
  ['C15', ['listener-closed', {}], 'a listener that ends in silence', without('sent [R')],
  [
    'W2',
    final,
    'a FIN that does not start TIME_WAIT anew',
    onClient((s, was) => (was.state === 'TIME_WAIT' && s.state === 'TIME_WAIT' ? was : s)),
  ],
  [
    'W3',
    final,
    'an ACK that ends TIME_WAIT',
    onClient((s, was) => (was.state === 'TIME_WAIT' && s.state === 'TIME_WAIT' ? forget(s) : s)),
  ],
  [
    'W4',
    noRoom,
    'a TIME_WAIT too many',
    onClient((s) => (s.state === 'CLOSED' && s.because === 'no room for TIME_WAIT' ? waiting() : s)),
  ],
  ['W5', both, 'CLOSING that does not wait', onMove('CLOSING', 'TIME_WAIT', forget)],
  [
    'W6',
    meets,
    'a new connection in the numbers of the old one',
    onRequest((r, was, o) => (was.object.kind === 'child' ? withObject(o, { ...r, iss: seq(502) }) : o)),
  ],
  ['W8', final, 'a FIN that TIME_WAIT does not answer', onClientSilent('TIME_WAIT')],
  [
    'W9',
    meets,
    'an old SYN that opens anew',
    at('server', (o) => ({ ...o, effects: o.effects?.map((e) => e.replace('[S] 120', '[S] 90')) ?? [] })),
  ],

  ['W11', ['TIME_WAIT-taken-over', {}], 'connect() takes a TIME_WAIT that has just begun', impatient],
  ['W12', final, 'TIME_WAIT that sends a RST', adds('client received [F.]', 'client sent [R] 102+0')],
  [
    'TM2',
    finLost,
    'a timeout that does not double',
    onClient((s) => (isTcb(s) && s.rtx && s.rtx.n > 0 ? { ...s, rtx: { ...s.rtx, left: 0 } } : s)),
  ],
  [
    'TM3',
    finLost,
    'a timer that goes on',
    onClient((s) =>
      isTcb(s) && s.state === 'FIN_WAIT2'
        ? unacknowledged(s)
        : isTcb(s) && s.state === 'ESTABLISHED'
          ? unacknowledged(s)
          : s,
    ),
  ],
  [
    'TM5',
    orphan,
    'a connection that is given up at once',
    onClient((s, was, _, rule) => (rule === 'client timer' && isTcb(was) ? closed('timed out') : s)),
  ],
  [
    'TM6',
    ['answers-withheld-in-ESTABLISHED', {}],
    'an answer that is not withheld',
    adds('TCPACKSkipped', 'server sent [.] 501+0 ack 101'),
  ],
  [
    'TM7',
    ['FIN_WAIT2-after-close', {}],
    'FIN_WAIT2 that is over at once',
    onClient((s) => (s.state === 'TIME_WAIT' && s.substate === 'FIN_WAIT2' ? { ...s, left: 1 } : s)),
  ],
  [
    'TM8',
    ['keepalive-unanswered', {}],
    'a connection that is given up before it is probed',
    at('server', (o, was, _, rule) => {
      const { object } = was as Server
      const isDue = object.kind === 'child' && isTcb(object.socket) && object.socket.keepalive?.left === 0
      return rule === 'server timer' && isDue && o.effects ? withObject(o, { kind: 'none' }) : o
    }),
  ],
  [
    'TM9',
    finLost,
    'a closed socket whose timer runs',
    onClient((s) => (s.state === 'CLOSED' ? ({ ...s, left: 3 } as unknown as Socket) : s)),
  ],
  [
    'TM10',
    ['another-SYN', {}],
    'a repeated SYN that counts as a timeout',
    onRequest((r, was, o, rule) =>
      rule === 'deliver to server' && was.object.kind === 'request'
        ? withObject(o, { ...r, timer: { ...r.timer, n: r.timer.n + 1 } })
        : o,
    ),
  ],
  [
    'B1',
    ['SYN-flood', {}],
    'a SYN queue without a bound',
    at('listener', (o, was) =>
      o.label?.answer?.answer === 'dropped'
        ? {
            ...o,
            state: {
              ...(was as Listener),
              requests: (was as Listener).requests + 1,
              young: (was as Listener).young + 1,
            },
            label: { ...o.label, answer: { answer: 'admitted' } },
          }
        : o,
    ),
  ],
  [
    'B2',
    ['too-many-orphans', {}],
    'an orphan too many',
    onClient((s, was, _, rule) =>
      rule === 'client close' && isTcb(was) && s.state === 'CLOSED' ? { ...was, orphan: true } : s,
    ),
  ],
  [
    'B3',
    ['SYN-flood-with-cookies', {}],
    'a request beside a cookie',
    at('server', (o) => (o.effects?.some((e) => e.includes('SyncookiesSent')) ? withObject(o, request()) : o)),
  ],
  [
    'B4',
    ['ghost-connection', { retries: 0, plain: true, capacity: 1 }],
    'an ACK that puts a request off',
    onRequest((r, was, o, rule) =>
      rule === 'deliver to server' && was.object.kind === 'request'
        ? withObject(o, { ...r, timer: { ...r.timer, left: 2 } })
        : o,
    ),
  ],
  ['B5', orphan, 'an orphan without a timer', onClient((s) => (isTcb(s) && s.orphan ? withoutTimer(s) : s))],
  [
    'B6',
    half,
    'FIN_WAIT2 with a process that has a timer',
    onClient((s) => (isTcb(s) && s.state === 'FIN_WAIT2' ? { ...s, finWait: 3 } : s)),
  ],
  ['N11', noRoom, 'TCPTimeWaitOverflow is not counted', without('TCPTimeWaitOverflow')],
  ['L8', orphan, 'a FIN that no ACK ends', stuckIn('FIN_WAIT1')],
  ['L9', ['FIN_WAIT2-after-close', {}], 'FIN_WAIT2 that has no end', forEver],
  ['L10', both, 'CLOSING that no ACK ends', stuckIn('CLOSING')],
  ['L11', final, 'TIME_WAIT that has no end', forEver],
  [
    'L12',
    ['keepalive-answered', {}],
    'probes that are not sent',
    onServer((s) => isTcb(s) && s.keepalive !== undefined, withoutKeepalive),
  ],
  ['L14', both, 'the same', stuckIn('CLOSING')],

  ['L16', ['text-given-up', {}], 'text that no ACK ends', unheard],
  [
    'W1',
    final,
    'a TIME_WAIT that is too short',
    onClient((s) => (s.state === 'TIME_WAIT' ? { ...s, left: Math.min(s.left, 1) } : s)),
  ],
  ['W1', meets, 'a TIME_WAIT of the server that is too short', onServer((s) => isTimeWait(s) && s.left > 1, short)],
]

function short(s: Socket): Socket {
  return isTimeWait(s) ? { ...s, left: 1 } : s
}

function request() {
  return { kind: 'request', irs: seq(90), iss: seq(700), rcvNxt: seq(91), timer: { left: 1, n: 0 }, acked: false }
}

function withoutTimer({ rtx: _, ...t }: Tcb): Tcb {
  return t
}

function withoutKeepalive(s: Socket): Socket {
  const { keepalive: _, ...t } = s as Tcb
  return t
}

/** In this state nothing is answered. */
function onClientSilent(state: string): Wrong {
  return at('client', (o, was) =>
    (was as Client).socket.state === state && o.effects
      ? { ...o, effects: o.effects.filter((e) => !e.includes('sent')), label: { ...o.label, send: [] } }
      : o,
  )
}
