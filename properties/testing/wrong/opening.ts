/** Wrong reducers of opening: each violates a property that the right one keeps. */
import { add, type Server, seq } from '../../../model/index.ts'
import {
  acceptsFromEmpty,
  at,
  generous,
  neverExpires,
  onClient,
  onRequest,
  onServerTcb,
  readsOneMore,
  tcb,
  type Where,
  type WrongRow,
  withObject,
  without,
} from '../wrongModels.ts'

const full: Where = ['opening-at-a-full-queue', { plain: true }]
const fullWithText: Where = ['opening-at-a-full-queue', { clients: 1, queued: 2, backlog: 1, kernel: 'linux-4.9' }]
const strangers: Where = ['opening-among-strangers', {}]
const closing: Where = ['text-after-close', {}]
const cookies: Where = ['cookie-skips-a-byte', {}]

export const wrongOpening: readonly WrongRow[] = [
  ['Q2', ['dead-backlog-0', { kernel: 'linux-6.18' }], 'room for one more than there is', generous],
  ["Q2'", ['dead-backlog-0', { kernel: 'linux-6.18' }], 'the same', generous],
  [
    'Q14',
    full,
    'a request is given up at once',
    onRequest((r, _, o) => (r.timer.n > 0 ? withObject(o, { kind: 'none' }) : o)),
  ],
  ['Q16', full, 'accept() returns from an empty queue', acceptsFromEmpty],
  [
    'H2',
    full,
    'a client that is established by its own timer',
    onClient((s, was, _, rule) => (rule === 'client timer' && was.state === 'SYN_SENT' ? tcb('ESTABLISHED') : s)),
  ],
  [
    'H13',
    full,
    'one SYN+ACK more',
    at('server', (o, was, _, rule) =>
      rule === 'server timer' && (was as Server).object.kind === 'request' && o.state.object.kind === 'none'
        ? { ...o, effects: [...(o.effects ?? []), 'server sent [S.] 500+0 ack 101'] }
        : o,
    ),
  ],
  [
    'H14',
    cookies,
    'another cookie each time',
    at('server', (o, was) =>
      o.state.cookie && o.effects?.some((e) => e.includes('SyncookiesSent'))
        ? {
            ...o,
            state: { ...o.state, cookie: { ...o.state.cookie, iss: add(seq(500), (was as Server).cookie ? 7 : 0) } },
          }
        : o,
    ),
  ],
  [
    'H15',
    full,
    'a SYN makes a child',
    onRequest((_, was, o) =>
      was.object.kind === 'none' ? withObject(o, { kind: 'child', socket: tcb('ESTABLISHED') }) : o,
    ),
  ],
  ['H17', full, 'a request that was born acknowledged', onRequest((r, _, o) => withObject(o, { ...r, acked: true }))],
  [
    'DT3',
    strangers,
    'an ACK of what was never sent is taken',
    onServerTcb(
      (s) => s.ack === 505,
      (t) => ({ ...t, snd: { ...t.snd, una: seq(505) } }),
    ),
  ],
  [
    'DT4',
    fullWithText,
    'a SYN+ACK acknowledges everything',
    onClient((s) => ('snd' in s && s.snd.nxt !== s.snd.una ? { ...s, snd: { ...s.snd, una: s.snd.nxt } } : s)),
  ],
  [
    "DT4'",
    fullWithText,
    'overflow and ACK',
    at('server', (o) =>
      o.effects?.some((e) => e.includes('ListenOverflows'))
        ? { ...o, effects: [...o.effects, 'server sent [.] 501+0 ack 102'] }
        : o,
    ),
  ],
  [
    'DT5',
    strangers,
    'text without ACK is taken',
    onServerTcb((s) => s.ack === undefined && s.flags === '', readsOneMore),
  ],
  [
    'DT6',
    strangers,
    'a FIN that is counted again',
    onServerTcb(
      (_, was) => was.state === 'CLOSE_WAIT',
      (t) => ({ ...t, rcv: { ...t.rcv, nxt: seq(999) } }),
    ),
  ],
  [
    'DT7',
    closing,
    'a half-closed end that is deaf',
    onClient((s, was, o) => (o.effects?.some((e) => /\+1 /.test(e)) && was.state === 'FIN_WAIT2' ? was : s)),
  ],
  ['DT8', closing, 'a closed end that takes text', without('sent [R')],
  ['DT9', strangers, 'text out of the window is taken', onServerTcb((s) => s.seq === 90, readsOneMore)],
  [
    'P1',
    strangers,
    'a SYN opens anew',
    onServerTcb(
      (s) => s.flags === 'S',
      (t) => ({ ...t, rcv: { ...t.rcv, nxt: seq(777) } }),
    ),
  ],
  ['P2', full, 'a closed socket is silent', without('client sent [R')],
  [
    'P4',
    closing,
    'TIME_WAIT without a FIN',
    at('client', (o, _, __, rule) =>
      rule === 'client close' && 'snd' in o.state.socket
        ? {
            ...o,
            label: { ...o.label, send: [] },
            state: {
              ...o.state,
              socket: {
                state: 'TIME_WAIT',
                substate: 'TIME_WAIT',
                sndNxt: seq(102),
                rcvNxt: seq(501),
                left: 4,
                since: 0,
              },
            },
          }
        : o,
    ),
  ],
  ['N3', full, 'PassiveOpens is not counted', without('PassiveOpens')],
  ['N5', full, 'RetransSegs is not counted', without('RetransSegs')],
  ['N6', cookies, 'TCPReqQFullDoCookies is not counted', without('TCPReqQFullDoCookies')],
  ['N7', ['inexact-reset', {}], 'EmbryonicRsts is not counted', without('EmbryonicRsts')],
  ['N12', ['SYN-at-FIN_WAIT2', {}], 'TCPSYNChallenge is not counted', without('TCPSYNChallenge')],
  ['N13', full, 'TCPTimeouts is not counted', without('TCPTimeouts')],
  ['L2', ['inexact-reset', {}], 'a request that never expires', neverExpires],
  [
    'L7',
    ['dead-backlog-0', {}],
    'a client that never gives up',
    onClient((s, was, _, rule) =>
      rule === 'client timer' && was.state === 'SYN_SENT' ? { ...was, rtx: { left: 1, n: 0 } } : s,
    ),
  ],
]
