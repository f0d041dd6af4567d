import { describe, expect, test } from 'vitest'
import { profileNames, profiles } from '../profile/index.ts'
import { sysctls } from '../sysctl.ts'
import { knobNamed, knobs } from './knobs.ts'

describe('knobs', () => {
  test('are told apart by their names', () => {
    const names = knobs.map((k) => k.name.toLowerCase())
    expect(new Set(names).size).toBe(names.length)
  })

  test('hold every sysctl that a world can set', () => {
    expect(knobs.filter((k) => k.setBy === k.name).map((k) => k.name)).toEqual(Object.keys(sysctls))
  })

  test('are found by the full name, too', () => {
    expect(knobNamed('net.ipv4.tcp_syncookies')?.name).toBe('tcp_syncookies')
    expect(knobNamed('net/core/somaxconn')?.name).toBe('somaxconn')
    expect(knobNamed('tcp_nothing')).toBeUndefined()
  })

  test.each([
    ['tcp_syn_linear_timeouts', { 'linux-6.18': '4', 'linux-6.1': '–' }],
    ['tcp_tw_recycle', { 'linux-5.10': '–', 'linux-4.9': '0', rfc9293: '–' }],
    ['tcp_invalid_ratelimit', { 'linux-4.4': '500', 'linux-3.10': '–' }],
    ['tcp_challenge_ack_limit', { 'linux-6.1': '2147483647', 'linux-5.10': '1000', 'linux-3.10': '100' }],
  ])('%s: its default, where a kernel has it', (name, expected) => {
    expect(knobNamed(name)?.defaults).toMatchObject(expected)
  })

  test('a sysctl that a kernel lacks has no effect in its profile', () => {
    for (const { name, defaults } of knobs.filter((k) => k.setBy === k.name))
      for (const profile of profileNames)
        if (defaults?.[profile] === '–')
          expect([name, profile, profiles[profile].sysctls[name as keyof typeof sysctls]]).toEqual([name, profile, 0])
  })

  test('what does not exist names something else that does', () => {
    const imagined = knobs.filter((k) => k.is === 'no such sysctl')
    expect(imagined.map((k) => k.name)).toContain('tcp_syn_recv_timeout')
    for (const { name, instead, means } of imagined) {
      expect([name, means.startsWith('no such sysctl')]).toEqual([name, true])
      expect(instead?.length).toBeGreaterThan(0)
      for (const other of instead ?? []) expect(imagined.map((k) => k.name)).not.toContain(other)
    }
  })
})
