/** Counters told from packets, held against a kernel that counted what was once told wrong. */
import { describe, expect, test } from 'vitest'
import { corpusFile } from '../readers/testing/corpus.ts'
import type { HostName } from './folder.ts'
import { readFolder } from './folder.ts'
import { forgedIn } from './inferred.ts'
import { isEqual, isWithin, predictCounters } from './predicted.ts'
import { judge } from './row.ts'

const predicted = (name: string, tap: HostName) => {
  const recording = readFolder(corpusFile(`wild/${name}`))
  const { determined, open, unexplained } = predictCounters(recording, tap, forgedIn(recording))
  const bounds = [...determined, ...open].map(({ counter, least, most }) => [counter, [least, most]] as const)
  return { determined, open, unexplained, bounds: Object.fromEntries(bounds) }
}

const recorded = ['challenge-held-back', 'aborted-in-silence', 'cookie-sent-anew'] as const

describe.each(recorded)('wild/%s', (name) => {
  test('the model does what the kernel did, and all of it was driven', () => {
    const { mismatches, notDriven } = judge(corpusFile(`wild/${name}`))
    expect({ mismatches, notDriven }).toEqual({ mismatches: [], notDriven: [] })
  })
  test.each(['client', 'server'] as const)('at the %s: what the packets say is what the kernel counted', (tap) => {
    const { determined, open, unexplained } = predicted(name, tap)
    expect(unexplained).toBe(0)
    expect(determined.filter((c) => !isEqual(c))).toEqual([])
    expect(open.filter((c) => !isWithin(c))).toEqual([])
    expect(determined.length + open.length).toBeGreaterThan(4)
  })
})

describe('challenge-held-back: two of three challenges are sent, the one between them comes too soon', () => {
  test.each(['client', 'server'] as const)('at the %s', (tap) => {
    expect(predicted('challenge-held-back', tap).bounds).toMatchObject({
      TCPSYNChallenge: [3, 3],
      TCPChallengeACK: [2, 2],
      TCPACKSkippedChallenge: [1, 1],
    })
  })
})

describe('aborted-in-silence: SO_LINGER 0 in LAST_ACK and CLOSING, a negative TCP_LINGER2, SHUT_RDWR', () => {
  const { bounds, determined } = predicted('aborted-in-silence', 'client')
  test.each(['TCPTimeouts', 'TCPAbortOnTimeout'])('nothing need have timed out: %s', (counter) => {
    expect(bounds[counter]![0]).toBe(0)
  })
  test('each of the sockets may have counted what it was aborted for', () => {
    expect(bounds.TCPAbortOnData![1]).toBeGreaterThanOrEqual(4)
    expect(bounds.TCPAbortOnLinger).toEqual([0, 1])
    expect(determined.map(({ counter }) => counter)).toContain('OutRsts')
  })
})

describe('cookie-sent-anew: of thirteen SYN+ACKs that came again two may be cookies, and are', () => {
  test.each(['RetransSegs', 'TCPSynRetrans'])('which are sent anew, not repeated: %s', (counter) => {
    expect(predicted('cookie-sent-anew', 'server').bounds[counter]).toEqual([11, 13])
  })
  test('where the host sends none, all thirteen are repeated', () => {
    const recording = readFolder(corpusFile('wild/cookie-sent-anew'))
    const sysctls = { ...recording.sysctls.server, 'net.ipv4.tcp_syncookies': '0' }
    const never = { ...recording, sysctls: { ...recording.sysctls, server: sysctls } }
    const { determined } = predictCounters(never, 'server', [])
    expect(determined).toContainEqual({ counter: 'RetransSegs', least: 13, most: 13, captured: 11 })
  })
})
