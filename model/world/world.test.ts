/** Worlds as they run: `events` and `reduce`, composed from the rules. */
import { describe, expect, test } from 'vitest'
import { seq } from '../sequence.ts'
import { stateName } from '../socket/socket.ts'
import { peer } from '../testing/segments.ts'
import { stack } from '../testing/stack.ts'
import { deepFreeze, enabled, explore, play, setting } from '../testing/world.ts'
import { sentIn } from './effects.ts'
import { initialWorld } from './parts.ts'
import { events, modelOf, reduce } from './world.ts'

const s = setting()
const handshake = ['client connect', 'deliver to server', 'deliver to client', 'deliver to server'] as const
const connection = (step: ReturnType<typeof play>) => step.world.groups[0]!
const states = (step: ReturnType<typeof play>) => {
  const { client, server } = connection(step)
  return [
    stateName(client.socket),
    server.object.kind === 'child' ? stateName(server.object.socket) : server.object.kind,
  ]
}

describe('events', () => {
  test('at the beginning a client may connect, and time may pass', () => {
    expect(enabled(s, initialWorld(s))).toEqual(['client connect', 'tick'])
  })

  test('carry a note for people and effects for properties', () => {
    const step = play(s, 'client connect', 'deliver to server')
    expect(step.note).toBe('[S] seq 500')
    expect(step.effects).toEqual(['server received [S] 500+0', 'server sent [S.] 100+0 ack 501'])
  })

  test('come in the same order every time', () => {
    for (const world of explore(modelOf(s), 6))
      expect(events(modelOf(s), world)).toEqual(events(modelOf(setting()), structuredClone(world)))
  })

  test('are the same events that reduce takes, and no two are named alike', () => {
    const model = modelOf(s)
    for (const world of explore(model, 6)) {
      const steps = events(model, world)
      for (const step of steps) expect(reduce(model, world, step.event)).toEqual(step)
      expect(new Set(steps.map((x) => JSON.stringify(x.event))).size).toBe(steps.length)
    }
  })

  test('leave the world they start from as it was', () => {
    const model = modelOf(deepFreeze(setting({ wire: { loss: 1, duplication: 1, reordering: 1 } })))
    for (const world of explore(model, 6)) expect(() => events(model, deepFreeze(world))).not.toThrow()
  })

  test('say the same of worlds around 2³²', () => {
    const wrapping = setting({ iss: { client: seq(-2), server: seq(-1), isnStep: 50 } })
    const far = setting({ iss: { client: seq(5000), server: seq(9000), isnStep: 50 } })
    expect(explore(modelOf(wrapping), 12).length).toBe(explore(modelOf(far), 12).length)
  })
})

describe('reduce', () => {
  test.each([
    { rule: 'client close', group: 0, choice: 0 },
    { rule: 'client connect', group: 1, choice: 0 },
    { rule: 'client connect', group: 0, choice: 1 },
    { rule: 'no such rule', choice: 0 },
  ])('%o is not enabled: RangeError', (event) => {
    expect(() => reduce(modelOf(s), initialWorld(s), event)).toThrow(RangeError)
  })
})

describe('one connection', () => {
  test('handshake: both ends ESTABLISHED, one child in the accept queue', () => {
    const step = play(s, ...handshake)
    expect(states(step)).toEqual(['ESTABLISHED', 'ESTABLISHED'])
    expect(step.world.shared.listener).toMatchObject({ acceptQueue: 1, requests: 0 })
  })

  test('accept(): the queue is empty, the child has a process', () => {
    const step = play(s, ...handshake, 'accept')
    expect(step.world.shared.listener.acceptQueue).toBe(0)
    expect(connection(step).server.object).not.toHaveProperty('place')
    expect(enabled(s, step.world)).toContain('server close')
  })

  test('closed by both ends: TIME_WAIT, then nothing is owed', () => {
    const closing = [
      'client close',
      'deliver to server',
      'deliver to client',
      'server close',
      'deliver to client',
    ] as const
    const step = play(s, ...handshake, 'accept', ...closing, 'deliver to server')
    expect(states(step)).toEqual(['TIME_WAIT', 'none'])
    expect(modelOf(s).isEnd(step.world)).toBe(false)
    const over = play(
      s,
      ...handshake,
      'accept',
      ...closing,
      'deliver to server',
      'tick',
      'tick',
      'tick',
      'tick',
      'client timer',
    )
    expect(states(over)).toEqual(['CLOSED', 'none'])
    expect(modelOf(s).isEnd(over.world)).toBe(true)
  })

  test('a process writes as often as it may', () => {
    const step = play(s, ...handshake, 'client send')
    expect(enabled(s, step.world)).not.toContain('client send')
    expect(sentIn(step.effects)).toEqual([{ flags: '.', seq: 501, ack: 101, len: 1 }])
  })
})

describe('time', () => {
  test('waits for a segment as old as it may be', () => {
    const step = play(s, 'client connect', 'tick')
    expect(enabled(s, step.world)).toEqual(['client close', 'client timer', 'deliver to server'])
  })

  test('waits for a timer at 0', () => {
    expect(enabled(s, play(s, ...handshake.slice(0, 3), 'tick').world)).not.toContain('tick')
  })
})

describe('the wire', () => {
  const lossy = setting({ wire: { loss: 1 } })

  test('loses, until its budget is spent', () => {
    const step = play(lossy, 'client connect', 'lose from client')
    expect(connection(step).up).toEqual([])
    expect(connection(step).wire.loss).toBe(0)
    const again = play(lossy, 'client connect', 'lose from client', 'tick', 'client timer')
    expect(enabled(lossy, again.world)).not.toContain('lose from client')
  })

  test('delivers twice, at the expense of duplication: a copy stays in flight, as old as it was', () => {
    const twice = setting({ wire: { duplication: 1 } })
    const step = play(twice, 'client connect', 'tick', { rule: 'deliver to server', group: 0, choice: 1 })
    expect(step.note).toBe('[S] seq 500, and once more later')
    expect(connection(step).up.map((f) => [f.segment.flags, f.age])).toEqual([['S', 1]])
    expect(connection(step).wire.duplication).toBe(0)
    expect(connection(play(twice, 'client connect', 'deliver to server')).up).toEqual([])
  })

  test('of one connection spends nothing of another', () => {
    const one = setting().clients[0]!
    const two = setting({ clients: [one, one], wire: { loss: 1 } })
    const step = play(two, 'client connect', 'lose from client')
    expect(step.world.groups.map((c) => c.wire.loss)).toEqual([0, 1])
  })

  test('reorders only at the expense of reordering', () => {
    const after = [...handshake, 'client send', 'client close'] as const
    const deliveries = (w: ReturnType<typeof setting>) =>
      events(modelOf(w), play(w, ...after).world).filter((e) => e.event.rule === 'deliver to server')
    expect(deliveries(s).map((e) => e.note)).toEqual(['[.] seq 501:502 ack 101 length 1'])
    expect(deliveries(setting({ wire: { reordering: 1 } })).map((e) => e.note)).toEqual([
      '[.] seq 501:502 ack 101 length 1',
      '[F.] seq 502 ack 101, ahead of 1',
    ])
  })

  test('a stranger forges what the scenario lists', () => {
    const forged = setting({ wire: { forgery: 1, forged: [peer('R')] } })
    const step = play(forged, ...handshake, 'forge', 'deliver to server')
    expect(states(step)).toEqual(['ESTABLISHED', 'none'])
    expect(enabled(forged, step.world)).not.toContain('forge')
  })
})

describe('incarnations', () => {
  const twice = setting({
    history: true,
    clients: [{ name: 'client', calls: ['abort'], writes: 0, connects: 2, again: 'after any end' }],
  })

  test('segments carry the number of the one that sent them', () => {
    const step = play(twice, ...handshake, 'client abort', 'client connect')
    expect(sentIn(step.effects)).toEqual([{ flags: 'S', seq: 550, len: 0, of: 2 }])
    expect(connection(step).up.map((f) => f.segment.of)).toEqual([1, 2])
  })

  test('after TIME_WAIT only: not after an abort', () => {
    const patient = setting({ ...twice, clients: [{ ...twice.clients[0]!, again: 'after TIME_WAIT' }] })
    expect(enabled(patient, play(patient, ...handshake, 'client abort').world)).not.toContain('client connect')
  })
})

describe('many clients', () => {
  const kind = { name: 'client', calls: [], writes: 0, connects: 1, again: 'after any end' } as const

  test('that limit their rate wait for each other', () => {
    const polite = setting({ clients: [kind, kind], connectingAtOnce: 1 })
    const connects = (step: ReturnType<typeof play>) =>
      events(modelOf(polite), step.world).filter((e) => e.event.rule === 'client connect').length
    expect([play(polite), play(polite, 'client connect'), play(polite, ...handshake)].map(connects)).toEqual([2, 0, 1])
  })

  test('share the accept queue: the last third ACK meets it full', () => {
    const crowded = setting({ clients: [kind], backlog: 0, alreadyQueued: 0 })
    const [syn, synAck, ack] = ['client connect', 'deliver to server', 'deliver to client'] as const
    const step = play(crowded, syn, synAck, ack)
    const full = {
      ...step.world,
      shared: { ...step.world.shared, listener: { ...step.world.shared.listener, acceptQueue: 1 } },
    }
    const last = reduce(modelOf(crowded), full, { rule: 'deliver to server', group: 0, choice: 0 })
    expect(last.effects).toContain('server counted ListenOverflows')
    expect(states(last)).toEqual(['ESTABLISHED', 'request'])
  })
})

test('children of others are there when the world begins', () => {
  expect(initialWorld(setting({ alreadyQueued: 1 })).shared.listener.acceptQueue).toBe(1)
})

test('a stack without queues runs in the same world', () => {
  const rfc = stack({ profile: 'rfc9293' })
  expect(states(play(setting({ clientStack: rfc, serverStack: rfc }), ...handshake))).toEqual([
    'ESTABLISHED',
    'ESTABLISHED',
  ])
})
