/**
 * Each headline invariant can fail: a model with one wrong reducer violates it. The wrong reducers are the right ones with
 * one link or one synchronous function exchanged.
 */
import { describe, expect, it } from 'vitest'
import { check } from '../checker/index.ts'
import {
  add,
  type Client,
  closed,
  isTimeWait,
  type Listener,
  type Model,
  modelOf,
  type Segment,
  type Server,
  type TimeWait,
} from '../model/index.ts'
import { propertyNamed } from './families/index.ts'
import type { Overrides, Scenario } from './scenario.ts'
import { settingOf } from './scenario.ts'
import { acceptQueues } from './scenarios/acceptQueue.ts'
import { ghostConnection } from './scenarios/ghostConnection.ts'
import { timeWait } from './scenarios/timeWait.ts'

type Link = Model['rules'][number]['links'][number]
type Wrong = (link: Link) => Link['step']

/** The model with every link of that part exchanged. */
const withWrongLink =
  (part: string, wrong: Wrong) =>
  (model: Model): Model => ({
    ...model,
    rules: model.rules.map((rule) => ({
      ...rule,
      links: rule.links.map((link) => (link.part === part ? { ...link, step: wrong(link) } : link)),
    })),
  })

const withWrongTick =
  (client: (c: Client) => Client | undefined) =>
  (model: Model): Model => ({
    ...model,
    synchronous: model.synchronous.map((r) => (r.name === 'tick' ? { ...r, group: { ...r.group, client } } : r)),
  })

const verdict = (scenario: Scenario, id: string, wrong: (model: Model) => Model, overrides: Overrides = {}) => {
  const setting = settingOf(scenario, overrides)
  const options = { maxSeconds: 60, stopAtFirstViolation: true }
  const { findings, exhausted } = check(wrong(modelOf(setting)), [propertyNamed(id)!.ask(setting)], options)
  return { verdict: findings[0]!.verdict, exhausted }
}
const violated = (scenario: Scenario, id: string, wrong: (model: Model) => Model, overrides?: Overrides) =>
  expect(verdict(scenario, id, wrong, overrides).verdict).toBe('violated')

/** Answers as if the backlog were one larger. */
const roomForOneMore: Wrong = (link) => (l: Listener, label) =>
  link
    .step({ ...l, backlog: l.backlog + 1 }, label, 0)
    .map((o) => (o.impossible ? o : { ...o, state: { ...o.state, backlog: l.backlog } }))

/** A request that meets a full queue keeps the text for later. */
const keepsText: Wrong = (link) => (server: Server, label: { segment?: Segment }) =>
  link.step(server, label, 0).map((o) => {
    const object = (o.state as Server).object
    const len = label?.segment?.len ?? 0
    if (object.kind !== 'request' || server.object.kind !== 'request' || len === 0) return o
    return { ...o, state: { ...o.state, object: { ...object, rcvNxt: add(object.rcvNxt, len) } } }
  })

/** An overflow deletes the request. */
const forgetsRequest: Wrong = (link) => (server: Server, label) =>
  link.step(server, label, 0).map((o) => {
    const object = (o.state as Server).object
    return object.kind === 'request' && object.acked
      ? { ...o, state: { ...o.state, object: { ...object, acked: false } } }
      : o
  })

describe('the queues', () => {
  it('Q1, a queue that takes one more than backlog + 1: violated', () => {
    violated(acceptQueues[1]!, 'Q1', withWrongLink('listener', roomForOneMore))
  })
  it("Q1', the same: violated", () => {
    violated(acceptQueues[1]!, "Q1'", withWrongLink('listener', roomForOneMore))
  })
  it('Q9, the same: violated', () => {
    violated(acceptQueues[0]!, 'Q9', withWrongLink('listener', roomForOneMore))
  })
  it('Q11, a request that forgets that its ACK came: violated', () => {
    violated(ghostConnection, 'Q11', withWrongLink('server', forgetsRequest))
  })
  it('GHOST, the same: not reached', () => {
    const { verdict: v, exhausted } = verdict(ghostConnection, 'GHOST', withWrongLink('server', forgetsRequest))
    expect({ v, exhausted }).toEqual({ v: 'not reached', exhausted: true })
  })
})

describe('data in SYN_RECV', () => {
  it('H4, a request that takes text: violated', () => {
    violated(ghostConnection, 'H4', withWrongLink('server', keepsText))
  })
})

const inTimeWait = (c: Client, change: (w: TimeWait) => Client['socket']): Client =>
  isTimeWait(c.socket) && c.socket.substate === 'TIME_WAIT' ? { ...c, socket: change(c.socket) } : c

/** What a delivery does to a client in TIME_WAIT, replaced. */
const deliveredInTimeWait =
  (wrong: (w: TimeWait, s: Segment) => Client['socket'] | undefined): Wrong =>
  (link) =>
  (client: Client, label: { segment?: Segment }) =>
    link.step(client, label, 0).map((o) => {
      const s = label?.segment
      if (s === undefined || !isTimeWait(client.socket) || client.socket.substate !== 'TIME_WAIT') return o
      const socket = wrong(client.socket, s)
      return socket ? { ...o, state: { ...client, socket } } : o
    })

/** TIME_WAIT comes, and nothing is lost or repeated. */
const quiet: Overrides = { retries: 0, loss: 0, duplication: 0, capacity: 1 }

describe('TIME_WAIT', () => {
  it('W1, a clock that runs twice as fast there: violated', () => {
    const right = modelOf(settingOf(timeWait)).synchronous.find((r) => r.name === 'tick')!.group.client!
    violated(
      timeWait,
      'W1',
      withWrongTick((c) => {
        const ticked = right(c) as Client | undefined
        return ticked && inTimeWait(ticked, (w) => ({ ...w, left: Math.max(0, w.left - 1) }))
      }),
      quiet,
    )
  })
  it('W1, TIME_WAIT of 1 MSL: violated', () => {
    violated(timeWait, 'W1', (m) => m, { ...quiet, timeWait: 1 })
  })
  it('W2, a FIN that does not start it anew: violated', () => {
    violated(
      timeWait,
      'W2',
      withWrongLink(
        'client',
        deliveredInTimeWait((w, s) => (s.flags === 'F.' ? w : undefined)),
      ),
    )
  })
  it('W3, an old ACK that ends it: violated', () => {
    violated(
      timeWait,
      'W3',
      withWrongLink(
        'client',
        deliveredInTimeWait((_, s) => (s.flags === '.' ? closed('closed') : undefined)),
      ),
    )
  })
})
