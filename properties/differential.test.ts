/**
 * One semantics: what the model runs (`events`), what the checker takes the same rules to mean, and what its compiled search
 * explores are the same; on every scenario, at bounds that the naive search can do.
 */
import { describe, expect, it } from 'vitest'
import {
  type CheckOptions,
  canonicalKey,
  check,
  checkNaively,
  events as meant,
  type Verdict,
} from '../checker/index.ts'
import { events, modelOf, reduce, type Setting, type World } from '../model/index.ts'
import { propertyNamed } from './families/index.ts'
import { type Overrides, type Scenario, settingOf } from './scenario.ts'
import { scenarios } from './scenarios/index.ts'

/** Bounds that keep each scenario to some thousand worlds. */
const small: Readonly<Record<string, Overrides>> = {
  handshake: {},
  'exhausted-ghost': { retries: 0, plain: true },
  'lowered-backlog': { retries: 0 },
  'abort-switched-on': { retries: 0, plain: true },
  'cookie-ghost': { plain: true },
  'SYN-flood': { clients: 2 },
  'SYN-flood-with-cookies': { clients: 2 },
  'ghost-connection': { plain: true, retries: 0, capacity: 1 },
  'abort-on-overflow': { plain: true, retries: 0, capacity: 1 },
  'accept-queue': { clients: 2, retries: 0 },
  'accept-queue-backlog-0': {},
  'accept-queue-backlog-2': { clients: 2, retries: 0 },
  close: { retries: 0, loss: 0 },
  'time-wait': { retries: 0, loss: 0, duplication: 0, connects: 1 },
  'old-duplicates': { retries: 0, capacity: 1 },
  'old-duplicates-ack-lost': { retries: 0, capacity: 1 },
  'old-duplicates-short-TIME_WAIT': { retries: 0, capacity: 1 },
  'old-duplicates-newer-numbers': { retries: 0, capacity: 1 },
  'old-duplicates-wrapped': { retries: 0, capacity: 1 },
  'opening-at-a-full-queue': { plain: true, retries: 0 },
  'recovered-ghost': { plain: true, retries: 0 },
  'simultaneous-open': { retries: 0, loss: 0, capacity: 1 },
  'behind-one-NAT': { clients: 1 },
  'challenge-limit': { clients: 1 },
  'places-for-known-peers': { clients: 2 },
  'timestamps-switched-off': { connects: 1 },
  'clients-that-limit-their-rate': { plain: true, retries: 0 },
  'overfull-queue': { retries: 0 },
  'answers-withheld': { capacity: 1 },
  'pruned-ghost': { plain: true },
}

/** `close` without half-closing, reading and a server that writes. */
const fewerCalls = (s: Setting): Setting => ({
  ...s,
  clients: s.clients.map((c) => ({ ...c, calls: ['send', 'close'] })),
  server: { ...s.server, calls: ['close', 'abort'], writes: 0 },
})

/** `opening-among-strangers` with one stranger and a client that only closes. */
const oneStranger = (s: Setting): Setting => ({
  ...s,
  clients: s.clients.map((c) => ({ ...c, calls: ['close'] })),
  wire: { ...s.wire, forged: s.wire.forged.slice(-1) },
})

/** What bounds alone cannot make small. */
const smaller: Readonly<Record<string, (s: Setting) => Setting>> = {
  close: fewerCalls,
  'half-close': fewerCalls,
  'opening-among-strangers': oneStranger,
  'text-after-close': (s) => ({ ...s, server: { ...s.server, calls: ['send'] } }),
}

/** How single worlds are kept in mind: the checker compares all three on random systems, here the scenarios take turns. */
const visited = ['bitset', 'paged bitset', 'hash table'] as const

const enginesFor = (scenario: Scenario): readonly CheckOptions[] => [
  { engine: 'explicit', visited: visited[scenarios.indexOf(scenario) % visited.length]!, symmetry: 'off' },
  { engine: 'symbolic' },
]

/** On sets of worlds, leads-to may be left undecided. */
const verdicts = (
  findings: readonly { readonly property: string; readonly verdict: Verdict }[],
  { engine }: CheckOptions,
) =>
  findings.flatMap(({ property, verdict }) =>
    engine === 'symbolic' && propertyNamed(property)!.kind === 'leads-to' ? [] : [[property, verdict]],
  )

const worldOf = (scenario: Scenario) => {
  const bounded = settingOf(scenario, small[scenario.name])
  const setting = smaller[scenario.name]?.(bounded) ?? bounded
  return { setting, model: modelOf(setting) }
}

/** Of a world without two connections of one kind there is nothing to rename. */
const hasAlike = (scenario: Scenario): boolean => {
  const kinds = worldOf(scenario).model.groups.map(({ kind }) => kind)
  return new Set(kinds).size < kinds.length
}

describe.each(scenarios)('$name', (scenario) => {
  const { setting, model } = worldOf(scenario)
  const properties = scenario.properties.map((id) => propertyNamed(id)!.ask(setting))

  it('every engine finds what the naive one finds', () => {
    const naive = checkNaively(model, properties)
    for (const options of enginesFor(scenario)) {
      const found = check(model, properties, options)
      const { states, transitions } = found
      expect({ ...options, states, transitions, exhausted: found.exhausted }).toEqual({
        ...options,
        states: naive.states,
        transitions: naive.transitions,
        exhausted: true,
      })
      if (options.engine === 'explicit') expect(found.depth).toBe(naive.depth)
      expect(verdicts(found.findings, options)).toEqual(verdicts(naive.findings, options))
    }
  })

  it('along a run, the model and the checker see the same events, and reduce takes them', () => {
    let world: World = model.initial[0]!
    for (let i = 0; i < 40; i++) {
      const steps = events(model, world)
      const other = meant(model, world)
      expect(other.map((s) => s.event)).toEqual(steps.map((s) => s.event))
      expect(other.map((s) => canonicalKey(s.world))).toEqual(steps.map((s) => canonicalKey(s.world)))
      expect(other.map((s) => s.effects)).toEqual(steps.map((s) => s.effects))
      const next = steps[(i * 7 + 3) % Math.max(1, steps.length)]
      if (next === undefined) break
      expect(reduce(model, world, next.event).world).toEqual(next.world)
      world = next.world
    }
  })
})

describe.each(scenarios.filter(hasAlike))('$name', (scenario) => {
  const { setting, model } = worldOf(scenario)

  it('worlds up to renaming alike connections give the same counts and verdicts', () => {
    const safety = scenario.properties.map((id) => propertyNamed(id)!).filter(({ kind }) => kind !== 'leads-to')
    const asked = safety.map((property) => property.ask(setting))
    const told = (symmetry: 'auto' | 'off') => {
      const { states, transitions, levels, deadlocks, findings, coverage } = check(model, asked, { symmetry })
      const lengths = findings.map(({ property, verdict, path }) => [property, verdict, path?.events.length])
      return { states, transitions, levels, deadlocks, coverage, lengths }
    }
    expect(told('auto')).toEqual(told('off'))
  })
})
