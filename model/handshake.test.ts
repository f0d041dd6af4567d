/** Two hosts shake hands: whatever each of them allows, both must settle on the same. RFC 9293 §3.2, RFC 7323 */
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { Stack } from './config.ts'
import type { Child } from './listener/object.ts'
import { type Agreed, windowOf } from './options.ts'
import { receive } from './socket/receive.ts'
import { isTcb, type Socket } from './socket/socket.ts'
import { connect } from './socket/synSent.ts'
import { hears, listening } from './testing/host.ts'
import { inMilliseconds } from './testing/lab.ts'
import { IRS } from './testing/segments.ts'

const flag = fc.constantFrom(0, 1)
const host = fc
  .record({
    mss: fc.constantFrom(100, 536, 1300, 1440, 1460),
    windowScale: fc.nat(14),
    clock: fc.nat(100),
    tcp_timestamps: flag,
    tcp_window_scaling: flag,
    tcp_sack: flag,
    tcp_syncookies: fc.constantFrom(1, 2),
  })
  .map(({ mss, windowScale, clock, ...sysctls }): Stack => {
    const offers = { mss, windowScale, clock }
    return inMilliseconds({ window: 200_000, offers, sysctls })
  })

const optionsOf = (socket: Socket): Agreed => {
  if (!isTcb(socket) || socket.state !== 'ESTABLISHED') throw new Error(`not established: ${socket.state}`)
  return socket.options!
}

/** SYN, SYN+ACK, ACK: what each end then knows. */
const shake = (client: Stack, server: Stack): readonly [Agreed, Agreed] => {
  const opening = connect(IRS, client)
  const answered = hears(listening({}, server), opening.send[0]!, server)
  const there = receive(opening.to, answered.send[0]!, client)
  const here = hears(answered.host, there.send[0]!, server).host.server.object as Child
  return [optionsOf(there.to), optionsOf(here.socket)]
}

const both = (name: 'tcp_timestamps' | 'tcp_window_scaling' | 'tcp_sack', ...stacks: readonly Stack[]): boolean =>
  stacks.every(({ sysctls }) => sysctls[name] === 1)

describe('after the handshake', () => {
  test.prop([host, host])('both ends have scaling, SACK and timestamps, or neither has', (client, server) => {
    const [c, s] = shake(client, server)
    expect([c.windowScale === undefined, c.sack, c.recent === undefined]).toEqual([
      s.windowScale === undefined,
      s.sack,
      s.recent === undefined,
    ])
  })

  test.prop([host, host])('they have what both allow, but for a cookie without timestamps', (client, server) => {
    const [c] = shake(client, server)
    const kept = server.sysctls.tcp_syncookies === 1 || both('tcp_timestamps', client, server)
    expect([c.windowScale !== undefined, c.sack === true, c.recent !== undefined]).toEqual([
      kept && both('tcp_window_scaling', client, server),
      kept && both('tcp_sack', client, server),
      both('tcp_timestamps', client, server),
    ])
  })

  test.prop([host, host])(
    'each knows the other’s scale and clock; a cookie knows no MSS above the true one, or 536',
    (client, server) => {
      const [c, s] = shake(client, server)
      expect([c.mss, c.windowScale ?? server.offers!.windowScale]).toEqual([
        server.offers!.mss,
        server.offers!.windowScale,
      ])
      expect([s.windowScale ?? client.offers!.windowScale, s.recent ?? client.offers!.clock]).toEqual([
        client.offers!.windowScale,
        client.offers!.clock,
      ])
      expect(s.mss).toBeLessThanOrEqual(Math.max(536, client.offers!.mss))
    },
  )

  test.prop([host, host])('a window beyond 65535 bytes only with scaling', (client, server) => {
    const [c, s] = shake(client, server)
    expect([windowOf(c, client), windowOf(s, server)]).toEqual(
      c.windowScale === undefined ? [65_535, 65_535] : [200_000, 200_000],
    )
  })
})
