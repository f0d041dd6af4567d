/** A pipe that is fed slowly, as tcpdump feeds it. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { halfopen, valid } from '../testing/halfopen.ts'

const jammed = 'traces/corpus/07-accept-queue-limit/capture.pcap'
const bytes = readFileSync(jammed)

/** In pieces that end anywhere. */
async function* slowly(all: Uint8Array, piece = 61): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < all.length; at += piece) {
    if (at % (16 * piece) === 0) await new Promise((done) => setTimeout(done, 1))
    yield all.subarray(at, at + piece)
  }
}

/** A block of pcapng: type, length, content, length. */
const block = (type: number, content: Buffer): Buffer => {
  const padded = Buffer.concat([content, Buffer.alloc(-content.length & 3)])
  const [head, tail] = [Buffer.alloc(8), Buffer.alloc(4)]
  head.writeUInt32LE(type, 0)
  for (const [part, at] of [
    [head, 4],
    [tail, 0],
  ] as const)
    part.writeUInt32LE(padded.length + 12, at)
  return Buffer.concat([head, padded, tail])
}

const words = (...numbers: number[]): Buffer => Buffer.from(new Uint32Array(numbers).buffer)

/** The same frames as pcapng. */
const asPcapng = (pcap: Buffer): Buffer => {
  const blocks = [
    block(0x0a0d0d0a, Buffer.concat([words(0x1a2b3c4d, 1), Buffer.alloc(8, 255)])),
    block(1, words(pcap.readUInt32LE(20), 0)),
  ]
  for (let at = 24; at < pcap.length; ) {
    const [seconds, micros, kept, length] = [0, 4, 8, 12].map((i) => pcap.readUInt32LE(at + i)) as number[]
    const time = BigInt(seconds!) * 1_000_000n + BigInt(micros!)
    const head = words(0, Number(time >> 32n), Number(time & 0xffffffffn), kept!, length!)
    blocks.push(block(6, Buffer.concat([head, pcap.subarray(at + 16, at + 16 + kept!)])))
    at += 16 + kept!
  }
  return Buffer.concat(blocks)
}

describe('halfopen replay - --follow', () => {
  test('one JSON line for each connection as it ends or jams, judged as the whole file would be', async () => {
    const { code, out } = await halfopen('replay - --follow --json', { stdin: slowly(bytes) })
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => valid(JSON.parse(line)))
    expect(lines.every(({ schema }) => schema === 'halfopen/follow/1')).toBe(true)
    const whole = JSON.parse((await halfopen(['replay', jammed, '--json'])).out)
    const last = new Map(lines.map((l) => [`${l.client} ${l.server}`, l.verdict]))
    expect(last).toEqual(
      new Map(
        whole.connections.map(({ client, server, verdict }: Record<string, string>) => [
          `${client} ${server}`,
          verdict,
        ]),
      ),
    )
    expect(code).toBe(0)
  })

  test('pcapng, as dumpcap writes it: the same', async () => {
    const [pcap, pcapng] = [
      await halfopen('replay - --follow --json', { stdin: slowly(bytes) }),
      await halfopen('replay - --follow --json', { stdin: slowly(asPcapng(bytes)) }),
    ]
    expect(pcapng.out).not.toBe('')
    expect(pcapng).toEqual(pcap)
  })

  test('text: when, which, why now, and what it is', async () => {
    const { out } = await halfopen('replay - --follow --quiet', { stdin: slowly(bytes) })
    expect(out).toMatch(/^\d\d:\d\d:\d\d\.\d{3} \S+ > \S+: (it|the) [\w ]+, conforms$/m)
  })

  test('an end in the middle of a record: what came before is told, then the error', async () => {
    const { code, out, err } = await halfopen('replay - --follow --json', { stdin: slowly(bytes.subarray(0, -7)) })
    expect(out).not.toBe('')
    expect([code, err]).toEqual([4, expect.stringContaining('[E_PCAP_TRUNCATED]')])
  })

  test.each([
    ['replay x.pcap --follow', 2, 'only standard input is followed'],
    ['replay - --follow --sockets x', 2, 'it is of a whole capture'],
    ['replay - --follow', 2, 'there is no standard input'],
  ])('%s: refused', async (line, code, words) => {
    expect(await halfopen(line)).toMatchObject({ code, err: expect.stringContaining(words) })
  })

  test('what is no pcap cannot be followed: said at its first bytes', async () => {
    const { code, err } = await halfopen('replay - --follow', { stdin: slowly(Buffer.from('12:00:00 IP a > b')) })
    expect([code, err]).toEqual([4, expect.stringContaining('tcpdump -U -w - | halfopen replay - --follow')])
  })
})
