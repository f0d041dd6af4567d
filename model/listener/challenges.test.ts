/** tcp_challenge_ack_limit: challenge ACKs of the whole host in one second. linux: tcp_send_challenge_ack (CVE-2016-5696) */
import { describe, expect, test } from 'vitest'
import { Lab } from '../testing/lab.ts'
import { IRS, ours, peer } from '../testing/segments.ts'

const SYN = peer('S', { seq: IRS })
const strange = peer('R', { seq: IRS + 100 })
const counted = { counted: { challenges: true } } as const
/** With a limit of 0, which is none since 6.2. */
const limited = { ...counted, profile: 'linux-6.1' } as const

/** Three connections and a request, on a host that challenges twice a second. */
const host = (o: object = counted, limit = 2): Lab => {
  const lab = new Lab(9, { ...o, sysctls: { tcp_challenge_ack_limit: limit } })
  for (const p of ['A', 'B', 'C']) lab.hears(p, SYN, peer('.'))
  lab.hears('R', SYN)
  lab.counters()
  return lab
}

describe('a host that challenges twice a second', () => {
  test('is silent to the third, whoever that is; a second later it speaks again', () => {
    const lab = host()
    expect(['A', 'B', 'C'].map((p) => lab.hears(p, strange).length)).toEqual([1, 1, 0])
    expect(lab.counters()).toEqual({ TCPChallengeACK: 2 })
    lab.waits(999)
    expect(lab.hears('C', strange)).toEqual([])
    lab.waits(1)
    expect(lab.hears('A', strange)).toEqual([ours('.')])
  })

  test('counts the challenges of requests, too, and none that its limiter holds back', () => {
    const lab = host()
    expect(['R', 'R', 'A', 'B'].map((p) => lab.hears(p, strange).length)).toEqual([1, 0, 1, 0])
    expect(lab.counters()).toEqual({ TCPChallengeACK: 2, TCPACKSkippedChallenge: 1 })
  })

  test('counts a SYN all the same', () => {
    const lab = host(limited, 0)
    expect(lab.hears('A', SYN)).toEqual([])
    expect(lab.counters()).toEqual({ TCPSYNChallenge: 1, InErrs: 1 })
  })

  test('obeys an exact RST as before', () => {
    const lab = host(limited, 0)
    lab.hears('A', peer('R'))
    expect(lab.shows('A')).toBe('none')
  })
})

test('no limit, or nobody counts: each is answered, and the listener keeps no count', () => {
  for (const lab of [host(counted, 2_147_483_647), host(counted, 0), host({}, 2)]) {
    expect(['A', 'B', 'C'].map((p) => lab.hears(p, strange).length)).toEqual([1, 1, 1])
    expect(lab.listener).not.toHaveProperty('challenges')
  }
})
