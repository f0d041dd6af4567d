/** Each property of opening can fail: a model with one wrong outcome violates it. */
import { expect, it } from 'vitest'
import { check } from '../../checker/index.ts'
import {
  add,
  type Client,
  type Model,
  modelOf,
  type Request,
  type Segment,
  type Server,
  type Socket,
  seq,
  type Tcb,
} from '../../model/index.ts'
import { type Overrides, settingOf } from '../scenario.ts'
import { scenarios } from '../scenarios/index.ts'
import { propertyNamed } from './index.ts'

type Rule = Model['rules'][number]
type Outcome = ReturnType<Rule['links'][number]['step']>[number]
type Change = (o: Outcome, was: never, label: { readonly segment?: Segment }, rule: string) => Outcome
type Wrong = (model: Model) => Model

/** The model with the outcomes of one part changed. */
const at =
  (part: string, change: Change): Wrong =>
  (model) => ({
    ...model,
    rules: model.rules.map((rule) => ({
      ...rule,
      links: rule.links.map((link) => ({
        ...link,
        step: (state: never, label: { segment?: Segment }) =>
          link
            .step(state, label, 0)
            .map((o) => (link.part !== part || o.impossible ? o : change(o, state, label ?? {}, rule.name))),
      })),
    })),
  })

const without = (...names: string[]): Wrong => {
  const change: Change = (o) => ({ ...o, effects: (o.effects ?? []).filter((e) => !names.some((n) => e.includes(n))) })
  return (model) => at('client', change)(at('server', change)(model))
}

const tcb = (state: Tcb['state']): Tcb => ({
  state,
  snd: { una: seq(501), nxt: seq(501), end: seq(501), fin: false },
  rcv: { nxt: seq(101), unread: 0, held: [] },
})

const onRequest = (change: (r: Request, was: Server, o: Outcome, rule: string) => Outcome): Wrong =>
  at('server', (o, was, _, rule) =>
    o.state.object.kind === 'request' ? change(o.state.object, was as Server, o, rule) : o,
  )
const withObject = (o: Outcome, object: unknown): Outcome => ({ ...o, state: { ...o.state, object } })

/** A server's TCB that a segment reached, after it. */
const onServerTcb = (when: (s: Segment, was: Tcb) => boolean, change: (t: Tcb) => Tcb): Wrong =>
  at('server', (o, was, { segment }) => {
    const before = (was as Server).object
    const after = (o.state as Server).object
    if (segment === undefined || o.effects === undefined || before.kind !== 'child' || after.kind !== 'child') return o
    if (!('snd' in before.socket) || !('snd' in after.socket) || !when(segment, before.socket)) return o
    return withObject(o, { ...after, socket: change(after.socket) })
  })
const readsOneMore = (t: Tcb): Tcb => ({ ...t, rcv: { ...t.rcv, unread: t.rcv.unread + 1 } })

const onClient = (change: (socket: Socket, was: Socket, o: Outcome, rule: string) => Socket): Wrong =>
  at('client', (o, was, _, rule) => {
    const socket = change((o.state as Client).socket, (was as Client).socket, o, rule)
    return { ...o, state: { ...o.state, socket } }
  })

/** Room for one more than there is. */
const generous: Wrong = (model) => ({
  ...model,
  rules: model.rules.map((rule) => ({
    ...rule,
    links: rule.links.map((link) => ({
      ...link,
      step: (l, label) =>
        link.part !== 'listener'
          ? link.step(l, label, 0)
          : link
              .step({ ...l, backlog: l.backlog + 1 }, label, 0)
              .map((o) => (o.impossible ? o : { ...o, state: { ...o.state, backlog: l.backlog } })),
    })),
  })),
})

const acceptsFromEmpty: Wrong = (model) => ({
  ...model,
  synchronous: model.synchronous.map((r) => (r.name === 'accept' ? { ...r, shared: { listener: (l) => l } } : r)),
})

/** Its timer starts over at its present length, and the listener is not asked. */
const neverExpires = at('server', (o, was, _, rule) => {
  const { object } = was as Server
  if (rule !== 'server timer' || object.kind !== 'request') return o
  if (o.effects === undefined) return { ...o, label: { question: { ask: 'nothing' } } }
  return withObject(o, { ...object, timer: { left: 1, n: object.timer.n } })
})

const full: [string, Overrides] = ['opening-at-a-full-queue', { plain: true }]
const fullWithText: [string, Overrides] = [
  'opening-at-a-full-queue',
  { clients: 1, queued: 2, backlog: 1, kernel: 'linux-4.9' },
]
const strangers: [string, Overrides] = ['opening-among-strangers', {}]
const closing: [string, Overrides] = ['text-after-close', {}]
const cookies: [string, Overrides] = ['cookie-skips-a-byte', {}]

it.each<[string, [string, Overrides], string, Wrong]>([
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
])('%s, in %j: violated by %s', (id, [name, bounds], _, wrong) => {
  const scenario = scenarios.find((s) => s.name === name)!
  const setting = settingOf(scenario, bounds)
  const question = [propertyNamed(id)!.ask(setting)]
  const verdict = (model: Model) =>
    check(model, question, { engine: 'explicit', stopAtFirstViolation: true, maxSeconds: 20 }).findings[0]!.verdict
  expect(verdict(modelOf(setting))).toBe('holds')
  expect(verdict(wrong(modelOf(setting)))).toBe('violated')
})
