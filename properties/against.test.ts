import { describe, expect, it } from 'vitest'
import { canonicalKey } from '../checker/index.ts'
import { events, type Model, type ProfileName, profileNames, type Step, type World } from '../model/index.ts'
import { compareProfiles } from './against.ts'
import type { Overrides } from './scenario.ts'
import { scenarios } from './scenarios/index.ts'

const named = (name: string) => scenarios.find((s) => s.name === name)!

const compare = (scenario: string, a: ProfileName, b: ProfileName, overrides: Overrides = {}) =>
  compareProfiles(named(scenario), [a, b], overrides)

const lastEffects = ({ difference }: ReturnType<typeof compare>) => difference!.sides.map((step) => step?.effects)

describe('what two profiles answer differently', () => {
  it('6.18 and 4.4: the SYN queue of backlog 1 takes a second request, or is full with one', () => {
    const found = compare('ghost-connection', 'linux-6.18', 'linux-4.4')
    expect(found.difference!.events.map((e) => e.rule)).toEqual([
      'client connect',
      'deliver to server',
      'rival connect',
      'deliver to server',
    ])
    expect(lastEffects(found)).toEqual([
      ['server received [S] 100+0', 'server sent [S.] 500+0 ack 101'],
      ['server received [S] 100+0', 'server counted TCPReqQFullDrop', 'server counted ListenDrops'],
    ])
  })
  it('4.9 and 5.10, one client and a full accept queue: its SYN makes a request, or is dropped', () => {
    const found = compare('ghost-connection', 'linux-4.9', 'linux-5.10', { clients: 1, queued: 2 })
    expect(found.difference!.events).toHaveLength(2)
    expect(lastEffects(found)).toEqual([
      ['server received [S] 100+0', 'server sent [S.] 500+0 ack 101'],
      ['server received [S] 100+0', 'server counted ListenOverflows', 'server counted ListenDrops'],
    ])
  })
  it('4.4 and 3.10: a SYN at an established socket is challenged, or dropped', () => {
    const found = compare('strange-segments', 'linux-4.4', 'linux-3.10')
    expect(lastEffects(found)[0]).toContain('server counted TCPSYNChallenge')
    expect(lastEffects(found)[1]).toEqual(['server received [SF] 100+0'])
  })
  it('5.10 and 4.9, somaxconn: listen() itself gives another backlog', () => {
    const { difference } = compare('accept-queue', 'linux-5.10', 'linux-4.9', { backlog: 200 })
    expect(difference).toEqual({ events: [], sides: [undefined, undefined] })
  })
  it('4.9 and 4.4, opening and closing of clients at a full queue: alike, whatever happens', () => {
    const { difference, report } = compare('ghost-connection', 'linux-4.9', 'linux-4.4', { retries: 0 })
    expect({ difference, exhausted: report.exhausted }).toEqual({ difference: undefined, exhausted: true })
  })
  it('a search that ends early says nothing', () => {
    const { difference, report } = compareProfiles(
      named('ghost-connection'),
      ['linux-4.9', 'linux-4.4'],
      {},
      { maxStates: 50 },
    )
    expect({ difference, exhausted: report.exhausted }).toEqual({ difference: undefined, exhausted: false })
  })
})

it.each(profileNames)('%s against itself: alike', (name) => {
  const { difference, report } = compare('accept-queue', name, name, { retries: 0, clients: 2 })
  expect({ difference, exhausted: report.exhausted }).toEqual({ difference: undefined, exhausted: true })
})

/** What an onlooker sees of a step: what it made both ends send and count, and where it left them. */
const seenOf = ({ event, effects, world }: Step) =>
  canonicalKey([event, [...effects].sort(), world.groups.map((c) => looksLike(c)), listenerLook(world)])
const looksLike = ({ client, server: { object } }: World['groups'][number]) => [
  client.socket.state === 'TIME_WAIT' ? client.socket.substate : client.socket.state,
  client.socket.state === 'CLOSED' ? (client.socket.error ?? client.socket.because) : '',
  object.kind !== 'child'
    ? object.kind
    : object.socket.state === 'TIME_WAIT'
      ? object.socket.substate
      : object.socket.state,
]
const listenerLook = ({ shared: { listener } }: World) => [listener.backlog, listener.acceptQueue, listener.requests]

/** Pairs of worlds, breadth first, by what the model's own `events` gives for each: how many steps to the first difference. */
const naively = (a: Model, b: Model): number | undefined => {
  let level: [World, World][] = [[a.initial[0]!, b.initial[0]!]]
  const known = new Set<string>()
  for (let depth = 1; level.length > 0; depth++) {
    const next: [World, World][] = []
    for (const [x, y] of level) {
      const [stepsA, stepsB] = [events(a, x), events(b, y)]
      if (canonicalKey(stepsA.map(seenOf)) !== canonicalKey(stepsB.map(seenOf))) return depth
      stepsA.forEach(({ world }, i) => {
        const pair: [World, World] = [world, stepsB[i]!.world]
        const key = canonicalKey(pair)
        if (!known.has(key)) next.push(pair)
        known.add(key)
      })
    }
    level = next
  }
  return undefined
}

describe('a search of pairs that knows only the model finds the same', () => {
  const worlds: [string, Overrides][] = [
    ['ghost-connection', { plain: true, retries: 0, capacity: 1 }],
    ['accept-queue-backlog-0', {}],
    ['strange-segments', {}],
  ]
  const pairs = profileNames.slice(1).map((name, i): [ProfileName, ProfileName] => [profileNames[i]!, name])
  const isQuick = (name: string, a: ProfileName) =>
    name !== 'strange-segments' || a === 'linux-4.4' || a === 'linux-3.10'
  it.each(
    worlds.flatMap(([name, bounds]) =>
      pairs.filter(([a]) => isQuick(name, a)).map(([a, b]) => ({ name, a, b, bounds })),
    ),
  )('$name: $a, $b', ({ name, a, b, bounds }) => {
    const { sides, difference } = compare(name, a, b, bounds)
    expect(difference?.events.length).toBe(naively(sides[0].model, sides[1].model))
  })
})
