/** Single connections out of random traffic of a real kernel, each of which shows something that a replay once took for impossible. */
import { describe, expect, it } from 'vitest'
import { add } from '../../model/index.ts'
import type { Capture, Packet } from '../capture.ts'
import { openInjected } from '../evidence/injected.ts'
import { openCapture } from '../readers/index.ts'
import { corpusFile } from '../readers/testing/corpus.ts'
import { type ReplayCaptureOptions, replay } from '../replayCapture.ts'

const kernels = { client: 'linux-6.18', server: 'linux-6.18' } as const
const capture = (name: string): Capture => openCapture(corpusFile(`wild/${name}.pcap`))

const verdictOf = (given: Capture, options: ReplayCaptureOptions = {}) => {
  const [{ verdict, divergence, reason }] = replay(given, { kernels, ...options }).connections as [
    ReturnType<typeof replay>['connections'][number],
  ]
  return { verdict, packet: divergence?.packet, reason }
}

describe('a kernel did it: it conforms', () => {
  it.each([
    'keepalive-before-text-client', // its number is that of the SYN
    'keepalive-before-text-server',
    'half-closed-unseen', // shutdown(), its FIN lost before the tap: text that comes is acknowledged
    'refused-in-pieces', // a long segment is cut on the way, and each piece refused
    'one-ack-refused-often', // equal ACKs under way together, a RST to each
    'first-text-cut', // longer by the timestamp than the wire carries
    'no-room-for-text', // text is dropped while the window is shut
    'window-taken-back-client', // ACKs have the number up to which the other end takes text, not the next one
    'window-taken-back-server',
    'no-room-in-own-host', // each retransmission fails on the way out: half a second, and no backing off
    'cookie-comes-back', // after a RST: the next segment still proves the cookie
    'cookie-piece-first', // a piece from further on proves none, and is reset; the first piece does
    'third-ack-overtaken', // by the first text, for a second and a half: their clock had not ticked between
    'syns-unevenly-delayed', // on the way to the tap: their own clocks show that the timer backs off
  ])('%s', (name) => {
    expect(verdictOf(capture(name))).toEqual({ verdict: 'conforms', packet: undefined, reason: undefined })
  })

  it('injected-look-alike: the packet that was injected is not the first that looks like it', () => {
    const forged = openInjected(corpusFile('wild/injected-look-alike.jsonl'))
    const { verdict, connections } = replay(capture('injected-look-alike'), { kernels, forged })
    expect([verdict, connections[0]?.forged]).toEqual(['conforms', [4]])
  })
  it('cookie-piece-first: neither a full accept queue nor a listener that went away', () => {
    const [first, ...more] = replay(capture('cookie-piece-first'), { kernels }).connections[0]!.diagnoses
    expect(first).toMatchObject({ id: 'cookie-handshake', packets: [2, 4], certainty: 'likely' })
    expect(more).toEqual([])
  })

  it('duplicated: if the wire is told to deliver a packet twice', () => {
    expect(verdictOf(capture('duplicated'))).toMatchObject({ verdict: 'diverges', packet: 7 })
    expect(verdictOf(capture('duplicated'), { limits: { copies: 1 } }).verdict).toBe('conforms')
  })
})

describe('a little more of it, and nothing did it', () => {
  const altered = (name: string, change: (packets: readonly Packet[]) => readonly Packet[]): Capture => {
    const { connections, ...others } = capture(name)
    const packets = change(connections[0]!.packets).map((p, i) => ({ ...p, number: i + 1 }))
    return { ...others, packets, connections: [{ ...connections[0]!, packets }] }
  }
  const each =
    (isMeant: (p: Packet, i: number) => boolean, changed: (p: Packet) => Packet) => (all: readonly Packet[]) =>
      all.map((p, i) => (isMeant(p, i) ? changed(p) : p))

  it('more RSTs than segments that they answer', () => {
    const more = (all: readonly Packet[]) => [...all, ...Array.from({ length: 6 }, () => all.at(-1)!)]
    expect(verdictOf(altered('one-ack-refused-often', more)).verdict).not.toBe('conforms')
  })
  it('text is dropped though there is room for it', () => {
    const open = each(
      (p) => p.window === 0,
      (p) => ({ ...p, window: 1460 }),
    )
    expect(verdictOf(altered('no-room-for-text', open)).verdict).not.toBe('conforms')
  })
  it('an ACK has a number that no end offered', () => {
    const at = capture('window-taken-back-client').connections[0]!.packets.length - 3
    const other = each(
      (p, i) => i >= at && p.flags === '.',
      (p) => ({ ...p, sequence: add(p.sequence!, -7) }),
    )
    expect(verdictOf(altered('window-taken-back-client', other)).verdict).not.toBe('conforms')
  })
  it('a retransmission comes sooner than half a second', () => {
    const sooner = each(
      (_, i) => i === 7,
      (p) => ({ ...p, time: p.time! - 0.3 }),
    )
    expect(verdictOf(altered('no-room-in-own-host', sooner))).toMatchObject({ verdict: 'diverges', packet: 8 })
  })
  it('the SYN+ACK granted more than a cookie can', () => {
    const grants = each(
      (p) => p.flags === 'S.',
      (p) => ({ ...p, options: { ...p.options, sackPermitted: true } }),
    )
    expect(verdictOf(altered('cookie-comes-back', grants)).verdict).not.toBe('conforms')
  })
  it('the RST is for what is no segment of this connection', () => {
    const other = each(
      (p) => p.flags === 'R' && p.source.port === 5001,
      (p) => ({ ...p, sequence: add(p.sequence!, 5) }),
    )
    expect(verdictOf(altered('cookie-piece-first', other)).verdict).not.toBe('conforms')
  })
  it('what overtook the third ACK was sent later', () => {
    const later = each(
      (p) => p.flags === 'P.' && p.length === 7,
      ({ options, ...p }) => ({
        ...p,
        options: { ...options, timestamp: { ...options!.timestamp!, value: options!.timestamp!.value! - 1 } },
      }),
    )
    expect(verdictOf(altered('third-ack-overtaken', later)).verdict).not.toBe('conforms')
  })
  it('the segment after the RST proves no cookie', () => {
    const far = each(
      (p, i) => i > 4 && p.length > 0,
      (p) => ({ ...p, sequence: add(p.sequence!, 9) }),
    )
    expect(verdictOf(altered('cookie-comes-back', far)).verdict).not.toBe('conforms')
  })
})
