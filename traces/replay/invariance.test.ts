/** What must not change a verdict: where numbers begin, when the clock of the capture began, and that a capture ends early. */
import { readdirSync } from 'node:fs'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { add, type Seq } from '../../model/index.ts'
import { type Connection, fromClient, type Packet } from '../capture.ts'
import { openCapture } from '../readers/index.ts'
import { corpusFile } from '../readers/testing/corpus.ts'
import { inOwnNumbers } from './packets/numbers.ts'
import { observationsOf } from './packets/observation.ts'
import { replayConnection } from './replay.ts'

const kernels = { client: ['linux-6.18'], server: ['linux-6.18'] } as const
const verdictOf = (c: Connection) => replayConnection(c, kernels).connection

/** Short connections of the corpus that conform under that kernel. */
const conforming = ['diagnosis', 'wild', '05-ghost', '06-abort-on-overflow', '09-syncookies']
  .flatMap((folder) =>
    readdirSync(corpusFile(folder))
      .filter((name) => name.endsWith('.pcap'))
      .flatMap((name) => openCapture(corpusFile(`${folder}/${name}`)).connections.slice(0, 3)),
  )
  .filter(({ packets }) => packets.length <= 24)
  .filter((c) => verdictOf(c).verdict === 'conforms')

const connection = fc.constantFrom(...conforming)
const RUNS = { numRuns: 60 }

const shifted = (c: Connection, by: Readonly<Record<'client' | 'server', number>>): Connection => {
  const shift = (n: Seq | undefined, side: 'client' | 'server'): Seq | undefined =>
    n === undefined ? undefined : add(n, by[side])
  const packets = c.packets.map((p): Packet => {
    const [own, peer] = fromClient(c, p) ? (['client', 'server'] as const) : (['server', 'client'] as const)
    const sack = p.options?.sack?.map(([l, r]) => [add(l, by[peer]), add(r, by[peer])] as const)
    // The RST of a port on which nothing listens has the number 0, which no end drew.
    const isStateless = p.flags === 'R.' && p.sequence === 0
    return {
      ...p,
      ...(p.sequence !== undefined && !isStateless && { sequence: shift(p.sequence, own)! }),
      ...(p.acknowledgment !== undefined && { acknowledgment: shift(p.acknowledgment, peer)! }),
      ...(sack && { options: { ...p.options, sack } }),
    }
  })
  return { ...c, packets }
}

describe('a connection that conforms', () => {
  test('there are some to try', () => expect(conforming.length).toBeGreaterThan(30))

  test.prop([connection, fc.nat(2 ** 32 - 1), fc.nat(2 ** 32 - 1)], RUNS)(
    'begins at other sequence numbers: the same states, and the same numbers of the search',
    (c, client, server) => {
      const other = shifted(c, { client, server })
      const [before, after] = [verdictOf(c), verdictOf(other)]
      expect(after.verdict).toBe('conforms')
      expect(after.timeline()).toEqual(before.timeline())
      expect(after.invents).toEqual(before.invents)
      const numbers = (x: Connection) =>
        inOwnNumbers(observationsOf(x))
          .observations()
          .map(({ seq, ack, len }) => ({ seq, ack, len }))
      expect(numbers(other)).toEqual(numbers(c))
    },
  )

  test.prop([connection, fc.integer({ min: -1_000_000, max: 1_000_000 })], RUNS)(
    'was captured at another time: the same states',
    (c, by) => {
      const packets = c.packets.map((p) => (p.time === undefined ? p : { ...p, time: p.time + by }))
      const [before, after] = [verdictOf(c), verdictOf({ ...c, packets })]
      expect({ verdict: after.verdict, timeline: after.timeline() }).toEqual({
        verdict: 'conforms',
        timeline: before.timeline(),
      })
    },
  )

  test.prop([connection, fc.double({ min: 0, max: 1, noNaN: true })], { numRuns: 150 })(
    'is cut after a packet: what is left does not diverge',
    (c, share) => {
      const packets = c.packets.slice(0, Math.max(1, Math.floor(share * c.packets.length)))
      const { verdict, divergence } = verdictOf({ ...c, packets })
      expect({ verdict, divergence }).not.toMatchObject({ verdict: 'diverges' })
    },
  )
})
