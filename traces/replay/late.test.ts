/** Packets that the capture shows at another moment than that at which they left or came. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Connection } from '../capture.ts'
import { connectionsOf, readCapture } from '../readers/index.ts'
import { latePackets } from './late.ts'

const CLIENT = '10.0.0.1.4000 > 10.0.0.2.80'
const SERVER = '10.0.0.2.80 > 10.0.0.1.4000'

/** Lines of tcpdump -S, a millisecond apart: from, flags, and the rest. */
const captured = (...packets: readonly (readonly ['C' | 'S', string, string])[]): Connection => {
  const lines = packets.map(([from, flags, rest], i) => {
    const time = `12:00:00.${String(i + 1).padStart(3, '0')}000`
    return `${time} IP ${from === 'C' ? CLIENT : SERVER}: Flags [${flags}], ${rest}`
  })
  return connectionsOf(readCapture(new TextEncoder().encode(`${lines.join('\n')}\n`)).packets)[0]!
}

const ofFile = (file: string): Connection =>
  connectionsOf(readCapture(readFileSync(`traces/corpus/${file}`)).packets)[0]!

describe('of an earlier incarnation', () => {
  const opened = (isn: number, iss: number) =>
    [
      ['C', 'S', `seq ${isn}, win 1000, length 0`],
      ['S', 'S.', `seq ${iss}, ack ${isn + 1}, win 1000, length 0`],
      ['C', '.', `seq ${isn + 1}, ack ${iss + 1}, win 1000, length 0`],
    ] as const
  const text = ['C', 'P.', 'seq 101:106, ack 501, win 1000, length 5'] as const
  const reset = ['S', 'R.', 'seq 501, ack 106, win 0, length 0'] as const

  test('text that comes again once its end has opened anew is a copy, with both incarnations', () => {
    const connection = captured(...opened(100, 500), text, reset, ...opened(5000, 9000), text)
    expect(latePackets(connection)).toEqual([
      { packet: 9, copyOf: 4, of: 1, words: 'a copy of packet 4, sent by incarnation 1, and comes in incarnation 2' },
    ])
  })
  test('a SYN of the first after that of the second', () => {
    const connection = captured(opened(100, 500)[0], ...opened(5000, 9000), opened(100, 500)[0])
    expect(latePackets(connection)).toMatchObject([{ packet: 5, copyOf: 1, of: 1 }])
  })
  test('within one incarnation the same is a retransmission', () => {
    expect(latePackets(captured(...opened(100, 500), text, text))).toEqual([])
  })
  test('an end that has not opened anew repeats what it said; so may a RST', () => {
    const again = ['S', '.', 'seq 501, ack 106, win 1000, length 0'] as const
    const connection = captured(...opened(100, 500), text, again, opened(5000, 9000)[0], again, reset, reset)
    expect(latePackets(connection)).toEqual([])
  })
})

describe('told by timestamps', () => {
  test('a copy from long ago, and one of which the capture has no original', () => {
    expect(latePackets(ofFile('diagnosis/time-wait-assassination.pcap'))).toEqual([
      { packet: 10, copyOf: 4, words: 'a copy of packet 4: its timestamp is 3 s behind' },
    ])
    expect(latePackets(ofFile('diagnosis/paws-drop.pcap'))).toEqual([
      { packet: 6, words: 'old, or forged: its timestamp is 100 s behind' },
    ])
  })
  test('overtaken before the tap', () => {
    expect(latePackets(ofFile('transfer/echo-loss-client.pcap'))).toContainEqual({
      packet: 7,
      leavesBefore: 5,
      words: 'sent before packet 5, as its timestamp tells',
    })
  })
})

test('a tap that shows the SYN after its answer', () => {
  expect(latePackets(ofFile('field/f17-tap-reorder.pcap'))).toMatchObject([{ packet: 2, leavesBefore: 1 }])
})

test('overtaken beyond the tap: the capture at the other end shows the same order', () => {
  const [client, server] = [ofFile('transfer/bulk-loss-client.pcap'), ofFile('transfer/bulk-loss-server.pcap')]
  const seqOf = (number: number) => client.packets.find((p) => p.number === number)!.sequence
  const comes = (number: number): number =>
    server.packets.findIndex(
      (p) => p.sequence === seqOf(number) && p.length > 0 && p.source.port === client.client.port,
    )
  const beyond = latePackets(client)!.filter(({ comesBefore }) => comesBefore !== undefined)
  expect(beyond.length).toBeGreaterThan(5)
  for (const { packet, words } of beyond) {
    const by = Number(/after packet (\d+)/.exec(words)![1])
    expect([packet, comes(packet) > comes(by)]).toEqual([packet, true])
  }
})

test.each(['bulk-loss', 'echo-loss'])(
  '%s, overtaken before the tap: the capture at the sender shows the same order',
  (name) => {
    const [client, server] = [ofFile(`transfer/${name}-client.pcap`), ofFile(`transfer/${name}-server.pcap`)]
    const header = ({ flags, sequence, acknowledgment, length, options }: Connection['packets'][number]) =>
      [flags, sequence, acknowledgment, length, options?.timestamp?.value, options?.sack].join(' ')
    const leaves = (number: number): number[] => {
      const packet = client.packets.find((p) => p.number === number)!
      return server.packets.flatMap((p, i) => (header(p) === header(packet) ? [i] : []))
    }
    const before = latePackets(client)!.filter(({ leavesBefore }) => leavesBefore !== undefined)
    expect(before.length).toBeGreaterThan(0)
    for (const { packet, leavesBefore } of before) {
      const [own, other] = [leaves(packet), leaves(leavesBefore!)]
      expect([packet, own.length, own[0]! < other[0]!]).toEqual([packet, 1, true])
    }
  },
)

test('one that is repeated may be the one that comes: nothing is said', () => {
  expect(latePackets(ofFile('transfer/bulk-loss-client.pcap'))!.map(({ packet }) => packet)).not.toContain(4)
})
