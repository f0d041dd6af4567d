import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { captureDecoder, readCapture } from './read.ts'
import { bytes } from './testing/bytes.ts'
import { corpusFile } from './testing/corpus.ts'
import { failure } from './testing/fails.ts'

const pcap = readFileSync(corpusFile('06-abort-on-overflow/capture.pcap'))
const packed = gzipSync(pcap)
const plain = readCapture(pcap, 'a')

describe('gzip', () => {
  it('what is packed is read as if it were not', () => {
    expect(readCapture(packed, 'a')).toEqual(plain)
    const text = readFileSync(corpusFile('ghost-connection/ghost-connection.tcpdump.txt'))
    expect(readCapture(gzipSync(text), 'a')).toEqual(readCapture(text, 'a'))
  })

  it('several members are one file, as gzip has it', () => {
    const halves = [pcap.subarray(0, 300), pcap.subarray(300)].map((half) => gzipSync(half))
    expect(readCapture(bytes(...halves), 'a')).toEqual(plain)
  })

  it('empty members between others and at the end, however many: read as if they were not there', () => {
    const empties = Array.from({ length: 1000 }, () => gzipSync(new Uint8Array()))
    expect(readCapture(bytes(packed, ...empties), 'a')).toEqual(plain)
    expect(readCapture(bytes(...empties, packed), 'a')).toEqual(plain)
  })

  it('cut in the header of a member that follows: refused, with what was read', () => {
    const next = gzipSync(pcap.subarray(0, 20))
    for (const length of [1, 4, 9, 10, 12, 19]) {
      const error = failure(() => readCapture(bytes(packed, next.subarray(0, length)), 'a'))
      expect(error.code).toBe('E_GZIP')
      expect(error.partial!.packets).toEqual(plain.packets)
    }
  })

  it('a cut file: what was read until there is kept', () => {
    const error = failure(() => readCapture(packed.subarray(0, packed.length >> 1), 'a'))
    expect(error.message).toBe(
      'a: the compressed file ends before what is in it does; packets before it were read; copy or compress the file again [E_GZIP]',
    )
    const read = error.partial!.packets
    expect(read.length).toBeGreaterThan(0)
    expect(read).toEqual(plain.packets.slice(0, read.length))
  })

  it('a changed byte fails the checksum, whatever was unpacked', () => {
    const text = new TextEncoder().encode('IP 10.0.0.1.1 > 10.0.0.2.2: Flags [S], seq 1, win 1, length 0\n')
    const stored = gzipSync(text, { level: 0 })
    stored[stored.indexOf('1.1 >')] = '9'.charCodeAt(0)
    expect(failure(() => readCapture(stored, 'a')).message).toContain('its checksum does not fit')
  })

  it('packed twice is refused: it could go on for ever', () => {
    expect(failure(() => readCapture(gzipSync(packed), 'a')).message).toMatch(/compressed twice; gunzip it first/)
  })
})

test.prop([fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 30 }), fc.boolean()], {
  numRuns: 100,
})('pieces of any size give the same capture', (sizes, isPacked) => {
  const decoder = captureDecoder('a')
  const whole = isPacked ? packed : pcap
  for (let at = 0, i = 0; at < whole.length; i++) {
    const size = sizes[i % sizes.length]!
    decoder.push(whole.subarray(at, at + size))
    at += size
  }
  expect(decoder.end()).toEqual(plain)
})
