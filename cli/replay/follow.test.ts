/** A pipe that is fed slowly, as tcpdump feeds it. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { halfopen } from '../testing/halfopen.ts'

const jammed = 'traces/corpus/07-accept-queue-limit/capture.pcap'
const bytes = readFileSync(jammed)

/** In pieces that end anywhere. */
async function* slowly(all: Uint8Array, piece = 61): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < all.length; at += piece) {
    if (at % (16 * piece) === 0) await new Promise((done) => setTimeout(done, 1))
    yield all.subarray(at, at + piece)
  }
}

describe('halfopen replay - --follow', () => {
  test('one JSON line for each connection as it ends or jams, judged as the whole file would be', async () => {
    const { code, out } = await halfopen('replay - --follow --json', { stdin: slowly(bytes) })
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
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
