/** Text and FIN that may have been sent before the tap shows them. */
import { describe, expect, it } from 'vitest'
import { type Socket, seq, synAck } from '../../../model/index.ts'
import { openCapture } from '../../readers/index.ts'
import { corpusFile } from '../../readers/testing/corpus.ts'
import { replayConnection } from '../replay.ts'
import { observed } from '../testing/observed.ts'
import { clientActor } from './client-actor.ts'
import { replayStack } from './stacks.ts'

const KERNEL = { client: ['linux-6.18'], server: ['linux-6.18'] } as const
const GHOST = 7

/** States that the client may have been in right before its only text, where that comes so many seconds after its last ACK. */
const beforeText = (seconds: number) => {
  const { packets, ...connection } = openCapture(corpusFile('05-ghost/capture.pcap')).connections[GHOST]!
  const at = packets.findIndex((p) => p.length > 0)
  const by = packets[at - 1]!.time! + seconds - packets[at]!.time!
  const moved = packets.map((p, i) => (i < at ? p : { ...p, time: p.time! + by }))
  const { timeline, verdict } = replayConnection({ ...connection, packets: moved }, KERNEL).connection
  expect(verdict).toBe('conforms')
  return timeline()[at - 1]!.possible.client
}

describe('text and FIN may have been lost before the tap', () => {
  it('where what the tap sees may be the repetition', () => {
    expect(beforeText(0.3)).toEqual(['ESTABLISHED', 'FIN_WAIT1'])
  })
  it('but not where it comes sooner than any retransmission', () => {
    expect(beforeText(0.1)).toEqual(['ESTABLISHED'])
  })
})

describe('a socket that ends unseen', () => {
  const actor = clientActor(replayStack('linux-6.18'))
  const packet = (line: string) => observed(line)[0]!
  const opening = actor.emissions(actor.start, packet('> S 99'))[0]!.to
  const opened = actor.arrive(opening, synAck(seq(499), seq(100)))[0]!.to
  const endings = (socket: Socket) =>
    actor.hiddenMoves(socket, 'silent').flatMap(({ to, count }) => (actor.name(to) === 'CLOSED' ? [count] : []))
  const aborts = ['TCPAbortOnData']
  it('after both FINs may be aborted without a RST: linux __tcp_close (SO_LINGER 0), tcp_need_reset', () => {
    const halfClosed = actor.arrive(opened, { flags: 'F.', seq: seq(500), ack: seq(100), len: 0 })[0]!.to
    const lastAck = actor.emissions(halfClosed, packet('> F. 100 ack=501'))[0]!.to
    expect(actor.name(lastAck)).toBe('LAST_ACK')
    expect(endings(lastAck)).toContainEqual(aborts)
  })
  it('but not before the other end has closed', () => {
    const finWait = actor.emissions(opened, packet('> F. 100 ack=500'))[0]!.to
    expect(actor.name(finWait)).toBe('FIN_WAIT1')
    expect(endings(finWait)).not.toContainEqual(aborts)
    expect(endings(finWait)).not.toEqual([])
  })
})
