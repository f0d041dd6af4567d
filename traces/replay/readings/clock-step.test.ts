/** Recordings as they would be if the clock had been set meanwhile: all packets from one on are later, or earlier. */
import { describe, expect, it } from 'vitest'
import type { Packet } from '../../capture.ts'
import { openCapture } from '../../readers/index.ts'
import { corpusFile } from '../../readers/testing/corpus.ts'
import { replay } from '../../replayCapture.ts'

const kernels = { client: 'linux-6.18', server: 'linux-6.18' } as const

const stepped = (name: string, by: number, first: number, change: (p: Packet) => Packet = (p) => p) => {
  const capture = openCapture(corpusFile(`diagnosis/${name}.pcap`))
  const [connection] = capture.connections
  const packets = connection!.packets.map((p, i) => change(i < first ? p : { ...p, time: p.time! + by }))
  return replay({ ...capture, packets, connections: [{ ...connection!, packets }] }, { kernels })
}
const isTimed = (name: string, at: number): boolean =>
  openCapture(corpusFile(`diagnosis/${name}.pcap`)).connections[0]!.packets[at]!.options?.timestamp !== undefined
const withoutTimestamps = (p: Packet): Packet => {
  const { timestamp: _, ...options } = p.options ?? {}
  return { ...p, options }
}

describe('a clock that is set in the midst of repetitions is neither an early timer nor a silence', () => {
  it.each(['orphan-give-up', 'retransmission-give-up', 'keepalive-death', 'syn-dropped-path', 'zero-window'])(
    '%s, an hour forward or back before any packet: as without',
    (name) => {
      const steady = stepped(name, 0, 0)
      expect(steady.connections[0]!.supposes).toBeUndefined()
      for (let first = 1; first < steady.packets; first++)
        for (const by of [3600, -3600]) {
          const { connections, hosts } = stepped(name, by, first)
          expect([first, by, connections[0]!.verdict]).toEqual([first, by, 'conforms'])
          expect(hosts).toEqual(steady.hosts)
          // Where the packet after it has no timestamp, nothing tells how long the last pause was.
          if (!isTimed(name, first)) continue
          expect(connections[0]!.diagnoses.map(({ id }) => id)).toEqual(
            steady.connections[0]!.diagnoses.map(({ id }) => id),
          )
        }
    },
  )
  it('is told, with the packet', () => {
    const { packet, number } = { packet: 5, number: 6 }
    expect(stepped('orphan-give-up', -30, packet).connections[0]!.supposes).toEqual([
      expect.stringMatching(
        new RegExp(`^the clock of the capture is set back by (29|30)\\.\\d s before packet ${number}$`),
      ),
    ])
    expect(stepped('orphan-give-up', 3600, packet).connections[0]!.supposes).toEqual([
      expect.stringMatching(new RegExp(`^the clock of the capture jumps by 3600\\.\\d s before packet ${number}$`)),
    ])
  })
  it('forward, where no timestamps tell: an interval that no timer has is not held against the next', () => {
    for (let first = 1; first < 9; first++) {
      const [found] = stepped('orphan-give-up', 3600, first, withoutTimestamps).connections
      expect([first, found!.verdict]).toEqual([first, 'conforms'])
    }
  })
  it('a silence is none: where timestamps tell that time has passed, nothing is said', () => {
    const pause = (p: Packet): Packet =>
      p.number <= 5
        ? p
        : {
            ...p,
            options: { ...p.options, timestamp: { value: (p.options?.timestamp?.value ?? 0) + 3_600_000, echo: 0 } },
          }
    expect(stepped('zero-window', 3600, 5, pause).connections[0]!.supposes).toBeUndefined()
  })
})
