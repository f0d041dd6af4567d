import { describe, expect, it } from 'vitest'
import { type Answers, ask, pinOf } from './ask.ts'
import { pins } from './pins.ts'
import { scenarios } from './scenarios/index.ts'

const asked = new Map<string, Answers>()
const answersTo = (name: string): Answers => {
  const known = asked.get(name) ?? ask(scenarios.find((s) => s.name === name)!)
  asked.set(name, known)
  return known
}

/** Rules that cannot fire, for that is what the scenario is about: a listener that never answers, one that keeps no requests. */
const silent: Readonly<Record<string, readonly string[]>> = {
  'cookie-ghost': ['server timer'],
  'dead-backlog-0': ['server timer', 'deliver to client', 'accept'],
  'cookie-skips-a-byte': ['server timer'],
  'closed-port': ['server timer'],
  'half-open-connection': ['server timer'],
  'reboot-into-the-window': ['server timer'],
  'server-reboots': ['server timer'],
  'keepalive-answered': ['client timer'],
  'RST-in-CLOSE_WAIT': ['client timer', 'server timer'],
  'RST-below-a-FIN': ['server timer'],
  'text-on-a-SYN-ACK': ['accept'],
  'RST-after-crossing': ['accept'],
  'text-on-a-crossed-SYN': ['accept'],
  'SYN-FIN-in-SYN_SENT': ['accept'],
  'request-pruning': ['client timer', 'deliver to client'],
}

describe.each(scenarios.map((s) => s.name))('%s', (name) => {
  it('gives the pinned states, transitions, depth and verdicts', () => {
    const answers = answersTo(name)
    expect(answers.report.exhausted).toBe(true)
    expect(pinOf(answers)).toEqual(pins[name])
    expect(answers.asPinned).toBe(true)
  })
  it('ends only where nothing is owed', () => {
    expect(answersTo(name).report.deadlock.verdict).toBe('holds')
  })
  it('is about something: at least one thing must be reachable, and is', () => {
    const reachable = answersTo(name).asked.filter((a) => ['reachable', 'happens'].includes(a.property.kind))
    expect(reachable.length).toBeGreaterThan(0)
  })
  it('fires every rule but reading what nobody sends', () => {
    const never = answersTo(name).report.coverage.rulesNeverFired
    expect(never.filter((rule) => !/ recv$/.test(rule))).toEqual(silent[name] ?? [])
  })
})

describe('the verdicts of the story', () => {
  const verdicts = (name: string) =>
    Object.fromEntries(answersTo(name).asked.map((a) => [a.property.id, a.finding.verdict]))
  it('ghost-connection: GHOST is reached, the queues and the handshake hold, L3 is violated', () => {
    expect(verdicts('ghost-connection')).toMatchObject({ GHOST: 'reached', Q1: 'holds', H4: 'holds', L3: 'violated' })
  })
  it('abort-on-overflow: no ghost, a RST instead', () => {
    expect(verdicts('abort-on-overflow')).toMatchObject({
      GHOST: 'not reached',
      'reset-at-promotion': 'reached',
      Q10: 'holds',
    })
  })
  it('time-wait: W1 to W3 hold', () => {
    expect(verdicts('time-wait')).toMatchObject({ W1: 'holds', W2: 'holds', W3: 'holds' })
  })
  it('old-duplicates: W7 holds, and not for want of old segments', () => {
    expect(verdicts('old-duplicates')).toMatchObject({ W7: 'holds', 'old-segment-meets-new': 'reached' })
  })
  it.each([0, 1])('old-duplicates with TIME_WAIT %i MSL: W7 is violated', (timeWait) => {
    const only = ask(
      scenarios.find((s) => s.name === 'old-duplicates')!,
      { timeWait },
      { stopAtFirstViolation: true },
      ['W7'],
    )
    expect(only.asked[0]!.finding.verdict).toBe('violated')
  })
})
