import { describe, expect, it } from 'vitest'
import type { Capture, Packet } from '../capture.ts'
import { connectionsOf, openCapture } from '../readers/index.ts'
import { corpusFile } from '../readers/testing/corpus.ts'
import { replay } from '../replayCapture.ts'
import { inOwnNumbers } from './packets/numbers.ts'
import { observationsOf } from './packets/observation.ts'
import { cacheKeyOf, ResultCache } from './result-cache.ts'

const ghosts = openCapture(corpusFile('05-ghost/capture.pcap'))
const kernels = { client: 'linux-6.18', server: 'linux-6.18' } as const

const likeness = ({ connections }: Capture) =>
  connections.map((c) => cacheKeyOf(observationsOf(c), inOwnNumbers(observationsOf(c))))
const altered = (change: (p: Packet) => Packet): Capture => {
  const packets = ghosts.packets.map((p) => change(p))
  return { ...ghosts, packets, connections: connectionsOf(packets) }
}

describe('connections that say the same', () => {
  it('are alike whatever their numbers are', () => {
    const shifted = altered((p) => ({
      ...p,
      sequence: ((p.sequence! + (p.source.port === 502 ? 7 : 1_000_000_007)) >>> 0) as Packet['sequence'] & number,
      ...(p.acknowledgment !== undefined && {
        acknowledgment: ((p.acknowledgment + (p.source.port === 502 ? 1_000_000_007 : 7)) >>> 0) as Packet['sequence'] &
          number,
      }),
    }))
    expect(ghosts.connections.every((c) => c.server.port === 502)).toBe(true)
    expect(likeness(shifted)).toEqual(likeness(ghosts))
  })

  it.each<[string, (p: Packet) => Packet]>([
    ['a length', (p) => ({ ...p, length: p.length + 1 })],
    ['an acknowledgment', (p) => (p.flags === '.' ? { ...p, acknowledgment: (p.acknowledgment! + 1) as never } : p)],
    ['a flag', (p) => (p.flags === '.' ? { ...p, flags: 'F.' } : p)],
    ['a SACK block', (p) => ({ ...p, options: { ...p.options, sack: [[p.sequence!, p.sequence!]] } })],
  ])('are not alike after a change of %s', (_what, change) => {
    const before = likeness(ghosts)
    for (const [i, after] of likeness(altered(change)).entries()) expect(after).not.toBe(before[i])
  })

  it('are told of as if each were searched by itself', () => {
    const together = replay(ghosts, { kernels })
    const apart = ghosts.connections.map(({ id }) => replay(ghosts, { kernels, stream: id }).connections[0]!)
    const bare = ({ diagnoses: _, timeline, ...c }: (typeof apart)[number]) => ({ ...c, timeline: timeline() })
    expect(together.connections.map(bare)).toEqual(apart.map(bare))
    expect(new Set(likeness(ghosts)).size).toBeLessThan(ghosts.connections.length)
  })
})

it('what was not met for the longest time is forgotten', () => {
  const alike = new ResultCache<number>()
  alike.set('often', 1)
  for (let i = 0; i < 600; i++) {
    alike.set(`${i}`, i)
    alike.get('often')
  }
  expect(alike.get('often')).toBe(1)
  expect(alike.get('0')).toBeUndefined()
  expect(alike.get('599')).toBe(599)
})
