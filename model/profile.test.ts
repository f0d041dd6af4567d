import { describe, expect, test } from 'vitest'
import { counters } from './counters.ts'
import { type Dialect, profileNames, profiles } from './profile.ts'
import { type Sysctl, sysctls } from './sysctl.ts'

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
    expect(changes(profiles[newer].dialect, profiles[older].dialect)).toEqual(fields)
  })
})

test('every counter says when it rises, and where the kernel does it', () => {
  for (const [name, means] of Object.entries(counters)) expect([name, means.includes('linux: ')]).toEqual([name, true])
})
