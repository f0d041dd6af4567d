/** Rules of the kernel that random runs seldom meet: their parameters are swept, and the model does what this kernel does. */
import { describe, expect, test } from 'vitest'
import { profiles } from '../../model/index.ts'
import { compareRuns } from './compare.ts'
import { thisKernel } from './here.ts'
import { whyNotLive } from './namespaced.ts'
import type { Fate, Script, Step } from './script.ts'

const whyNot = process.getuid?.() === 0 ? whyNotLive() : 'the tests make namespaces as root only'
if (whyNot !== undefined) console.warn(`SKIPPED: rules swept on this kernel: ${whyNot}`)

type Lost = readonly [from: 'client' | 'server', nth: number]

/** One connection of port 40000; `lost`: packets of it, counted from 0 in each direction. */
const run = (timestamps: number, lost: readonly Lost[], steps: readonly Step[]): Script => {
  const settings = { tcp_timestamps: timestamps, tcp_sack: 1, tcp_syncookies: 0 }
  const fate: Fate = 'lost'
  return {
    settings: { client: settings, server: settings },
    delay: { client: 50, server: 50 },
    wire: lost.map(([from, nth]) => ({ from, port: 40_000, nth, fate })),
    lasts: 6_000,
    steps: [
      { at: 0, host: 'server', socket: 'L0', does: { call: 'listen', port: 5_000, backlog: 3 } },
      { at: 100, host: 'client', socket: 'c0', does: { call: 'connect', port: 40_000, to: 5_000, iss: ISS } },
      ...steps,
    ],
  }
}
const ISS = 1_000_000_000

const client = (at: number, does: Step['does']): Step => ({ at, host: 'client', socket: 'c0', does })
const send = (at: number): Step => client(at, { call: 'send', bytes: 10 })

/** linux: tcp_send_loss_probe, tcp_process_tlp_ack */
const probes: Readonly<Record<string, readonly [readonly Lost[], readonly Step[]]>> = {
  'the ACK of a probe does not allow another in the next flight': [
    [
      ['client', 2],
      ['client', 4],
    ],
    [send(1_000), send(3_000)],
  ],
  'a later ACK does': [
    [
      ['client', 2],
      ['client', 5],
    ],
    [send(1_000), send(2_500), send(4_000)],
  ],
  'an ACK that tells that text came twice does': [
    [
      ['server', 1],
      ['client', 4],
    ],
    [send(1_000), send(3_000)],
  ],
  'an ACK of a part does not': [
    [
      ['client', 3],
      ['client', 4],
    ],
    [send(1_000), client(1_060, { call: 'close' })],
  ],
}

/** The server's end is in TIME_WAIT and expects ISS + 2, nothing listens, and the client's ports open again. linux: tcp_v4_rcv (TCP_TW_SYN, TCP_TW_ACK) */
const meetsTimeWait = (timestamps: number, iss: number): Script =>
  run(
    timestamps,
    [],
    [
      { at: 400, host: 'server', socket: 'L0', does: { call: 'accept' } },
      { at: 500, host: 'server', socket: 'L0.0', does: { call: 'close' } },
      client(900, { call: 'close' }),
      { at: 1_400, host: 'server', socket: 'L0', does: { call: 'close' } },
      { at: 1_800, host: 'client', socket: 'c1', does: { call: 'connect', port: 40_000, to: 5_000, iss } },
    ],
  )

describe.skipIf(whyNot !== undefined)('the model does what this kernel does', () => {
  /** They run side by side. */
  const agree = (swept: readonly (readonly [name: string, script: Script])[]): void => {
    const scripts = swept.map(([, script]) => script)
    const { disagreements, counters } = compareRuns(thisKernel, scripts, profiles['linux-6.18'], { shrinking: 0 })
    expect(disagreements.map(({ run, says }) => [swept[run]![0], says])).toEqual([])
    expect(counters.total).toBeGreaterThan(0)
  }

  test('tail-loss probes: which ACK allows another', { timeout: 60_000 }, () => {
    const each = Object.entries(probes)
    agree(
      [0, 1].flatMap((ts) => each.map(([name, [lost, steps]]) => [`${name}, timestamps ${ts}`, run(ts, lost, steps)])),
    )
  })

  test('a SYN that meets TIME_WAIT is acknowledged where nothing listens, whatever its number and timestamp', {
    timeout: 60_000,
  }, () => {
    const numbers = [ISS + 2, ISS + 3, ISS + 100_000, ISS - 100_000]
    agree([0, 1].flatMap((ts) => numbers.map((iss) => [`SYN ${iss}, timestamps ${ts}`, meetsTimeWait(ts, iss)])))
  })
})
