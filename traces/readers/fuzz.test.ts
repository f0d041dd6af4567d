/** Whatever comes in, a capture or a ReadError goes out. What hangs runs into the time limit of the test runner. */
import { readFileSync } from 'node:fs'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { endpointText } from '../capture.ts'
import { ReadError } from './error.ts'
import { readCapture } from './read.ts'
import { readTcpdump } from './tcpdump-text.ts'
import { bytes, enhancedPacket, ethernet, interfaceBlock, ipv4, section, tcp } from './testing/bytes.ts'
import { corpusFile } from './testing/corpus.ts'

const pcap = readFileSync(corpusFile('06-abort-on-overflow/capture.pcap'))
const text = readFileSync(corpusFile('ghost-connection/ghost-connection.tcpdump.txt'))
const frame = ethernet(ipv4(tcp({ options: [2, 4, 5, 0xb4, 5, 10, 0, 0, 0, 1, 0, 0, 0, 2, 1, 1] })))
const pcapng = bytes(section(), interfaceBlock(), enhancedPacket(frame), enhancedPacket(frame), section(false))

const survives = (input: Uint8Array) => {
  try {
    const capture = readCapture(input, 'fuzzed')
    for (const { sequence, length, source } of capture.packets) {
      expect(sequence === undefined || (Number.isInteger(sequence) && sequence >= 0 && sequence < 2 ** 32)).toBe(true)
      expect(length).toBeGreaterThanOrEqual(0)
      expect(endpointText(source)).toMatch(/:/)
    }
  } catch (error) {
    if (!(error instanceof ReadError)) throw error
    expect(error.message).not.toMatch(/\p{Cc}/u)
  }
}

const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 20 })
const flipped = (original: Uint8Array, changes: readonly (readonly [number, number])[]) => {
  const copy = Uint8Array.from(original)
  for (const [at, value] of changes) copy[at % copy.length] = value
  return copy
}

describe('hostile input', () => {
  test.prop([fc.uint8Array({ maxLength: 4096 })], { numRuns: 500 })('random bytes', survives)

  describe.each([
    ['pcap', pcap],
    ['pcapng', pcapng],
    ['text', text],
  ])('%s', (_name, original) => {
    test.prop([fc.nat()], { numRuns: 500 })('cut anywhere', (at) =>
      survives(original.subarray(0, at % original.length)),
    )
    test.prop([flips], { numRuns: 1000 })('bytes changed', (changes) => survives(flipped(original, changes)))
    test.prop([fc.uint8Array({ maxLength: 512 })], { numRuns: 300 })('a true head, then anything', (tail) =>
      survives(bytes(original.subarray(0, 24), tail)),
    )
  })

  test.prop(
    [
      fc.array(
        fc.constantFrom('a.1', ' > ', ': Flags [', 'S', '.', ']', ', seq ', '1:2', ', ack ', '\n', '{1:2}', ' '),
      ),
    ],
    {
      numRuns: 1000,
    },
  )('pieces of tcpdump in any order', (pieces) => survives(new TextEncoder().encode(pieces.join(''))))

  test.each([
    ['one endless word', 'a'.repeat(2_000_000)],
    ['endless arrows', ' > '.repeat(700_000)],
    ['endless flags', 'a.1 > b.2: Flags ['.repeat(100_000)],
    ['endless options', `a.1 > b.2: Flags [.]${', options ['.repeat(200_000)}`],
    ['endless heads of two lines', 'IP '.repeat(700_000)],
    ['many long lines', `${'x'.repeat(9_000)} \n`.repeat(300)],
    ['many lines of arrows and spaces', `${' '.repeat(5000)}a.1 > b.2: Flags [.]${' '.repeat(4000)}\n`.repeat(200)],
  ])('%s', (_name, hostile) => {
    expect(() => readTcpdump(hostile)).toThrow(ReadError)
  })
})
