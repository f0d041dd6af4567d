import { describe, expect, test } from 'vitest'
import { counters } from '../counters.ts'
import { type Sysctl, sysctls } from '../sysctl.ts'
import { type Dialect, dialectFields, dialectTable, profileNames, profiles, says } from './index.ts'
import { inRelease } from './release.ts'

/** Which fields two profiles do not share. */
const changes = (a: Dialect, b: Dialect) =>
  (Object.keys(a) as (keyof Dialect)[]).filter((field) => a[field] !== b[field])

describe('profiles', () => {
  test('bear the name they are listed under', () => {
    expect(profileNames.map((name) => profiles[name].name)).toEqual(profileNames)
  })

  test('set every sysctl within its range', () => {
    for (const name of profileNames)
      for (const [sysctl, value] of Object.entries(profiles[name].sysctls)) {
        const { min, max } = sysctls[sysctl as Sysctl]
        expect([sysctl, value >= min && value <= max]).toEqual([sysctl, true])
      }
  })

  test('somaxconn is 128 before Linux 5.4', () => {
    expect(profileNames.filter((name) => profiles[name].sysctls.somaxconn === 128)).toEqual([
      'linux-4.9',
      'linux-4.4',
      'linux-3.10',
    ])
  })

  test.each([
    [
      'linux-6.18',
      'linux-6.1',
      [
        'synQueueFull',
        'challengeLimit0',
        'resetOfRequest',
        'beyondWindow',
        'synFromThePast',
        'ackFromThePast',
        'ackOfUnsent',
        'oldestAck',
        'oldAckWhileClosing',
        'crossedSynAck',
        'shutdownInSynRecv',
        'pawsInTimeWait',
        'reuseAge',
        'currEstab',
      ],
    ],
    ['linux-6.1', 'linux-5.10', ['cookieBesideRequest', 'finAfterTimeout']],
    ['linux-5.10', 'linux-4.9', ['synOnFullAcceptQueue', 'recycledSyn', 'wrongSynAck', 'resetAfterFin', 'rfc1337']],
    ['linux-4.9', 'linux-4.4', ['ackRatelimit', 'ackOfUnsentWhileClosing', 'oldAckWhileClosing']],
    [
      'linux-4.4',
      'linux-3.10',
      [
        'synQueueFull',
        'promotion',
        'pruning',
        'cookieForEverySyn',
        'cookieSeconds',
        'cookiesFailed',
        'ackRatelimit',
        'icmpToRequest',
        'recycledSyn',
        'requestsAtClose',
        'bareSyn',
      ],
    ],
  ] as const)('%s and %s differ in what changed between them', (newer, older, fields) => {
    expect(changes(profiles[newer].dialect, profiles[older].dialect).sort()).toEqual([...fields].sort())
  })
})

describe('the table of differences', () => {
  test.each(dialectFields)('%s: a sentence for each value, no two alike, and a source', (field) => {
    const { decides, source, values } = dialectTable[field]
    const sentences = Object.values(values)
    for (const sentence of [decides, ...sentences]) expect(sentence).toMatch(/^\S.*[a-zA-Z0-9)]\.$/)
    expect(new Set(sentences).size).toBe(sentences.length)
    expect(source).toMatch(/^linux: \w+/)
  })
  test.each(dialectFields)('%s: every value is that of a profile', (field) => {
    const used = new Set(profileNames.map((name) => String(profiles[name].dialect[field])))
    const ofNoProfile = field === 'dataAfterClose' ? ['accept'] : [] // RFC 793's, which the conformance suite tries
    expect([...used, ...ofNoProfile].sort()).toEqual(Object.keys(dialectTable[field].values).sort())
  })
  test('what a value does, in a sentence', () => {
    expect(says('bareSyn', 'drop')).toBe('A SYN without ACK that meets a connection is dropped.')
    expect(says('cookieSeconds', 3)).toContain('for 3 s')
    expect(says('queues', false)).toContain('there are no queues to be full')
  })
  test('FreeBSD 14 departs from Linux 6.18 in twelve fields', () => {
    expect(changes(profiles['linux-6.18'].dialect, profiles['freebsd-14'].dialect)).toHaveLength(12)
  })
})

describe('what holds in a release', () => {
  const history = { always: 'a', '3.17': 'b', 'about 4.9': 'c', 'by 4.10': 'd', '6.18 of 2026': 'e' } as const
  test.each([
    ['3.10', 'a'],
    ['3.16', 'a'],
    ['3.17', 'b'],
    ['4.8', 'b'],
    ['4.9', 'c'],
    ['4.10', 'd'],
    ['6.17', 'd'],
    ['6.18', 'e'],
    ['7.0', 'e'],
  ])('%s: %s', (release, value) => {
    expect(inRelease(history, release)).toBe(value)
  })
  test('whatever the order in which it is written', () => {
    expect(inRelease({ '6.9': 'new', always: 'old', '4.9': 'middle' }, '5.0')).toBe('middle')
  })
})

test('every counter says when it rises, and where the kernel does it', () => {
  for (const [name, means] of Object.entries(counters)) expect([name, means.includes('linux: ')]).toEqual([name, true])
})
