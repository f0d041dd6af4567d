import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openCapture } from './index.ts'
import { readCapture } from './read.ts'
import { corpusFile } from './testing/corpus.ts'
import { failure } from './testing/fails.ts'

const scratch = mkdtempSync(join(tmpdir(), 'halfopen-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const file = (name: string, content: string | Uint8Array) => {
  const path = join(scratch, name)
  writeFileSync(path, content)
  return path
}

it('the example of the front door', () => {
  const capture = openCapture(corpusFile('ghost-connection/ghost-connection.tcpdump.txt'))
  const [connection] = capture.connections
  expect(connection!.clientKnownBy).toBe('SYN')
  expect(connection!.packets[3]!.sequence).toBe(4_013_763_010)
})

describe('files that are no capture', () => {
  it.each([
    ['E_NOT_FOUND', () => join(scratch, 'absent')],
    ['E_NOT_FOUND', () => join(file('plain', 'x'), 'below')],
    ['E_IS_DIRECTORY', () => scratch],
    ['E_EMPTY', () => file('empty', '')],
    ['E_NOT_READABLE', () => '/dev/zero'],
    ['E_NOT_READABLE', () => 'a\0b'],
    ['E_GZIP', () => file('a.gz', Uint8Array.of(0x1f, 0x8b, 8, 0))],
    ['E_COMPRESSED', () => file('a.zst', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd))],
    ['E_NOT_A_CAPTURE', () => file('snoop', 'snoop\0\0\0')],
    ['E_NOT_A_CAPTURE', () => file('random', Uint8Array.of(0x80, 0, 1, 2, 3))],
    ['E_NOT_A_CAPTURE', () => file('prose.txt', 'Nothing to see here.\n')],
    ['E_NOT_A_CAPTURE', () => file('blank.txt', '\n\n')],
  ])('%s', (code, make) => {
    const path = make()
    const error = failure(() => openCapture(path))
    expect(error.code).toBe(code)
    expect(error.message).toMatch(/^[^\n]+: [^\n]+; [^\n]+ \[E_[A-Z_]+\]$/)
  })

  it('no bytes', () => {
    expect(failure(() => readCapture(new Uint8Array())).code).toBe('E_EMPTY')
  })
})

it('text of a Windows shell (UTF-16 with a byte order mark)', () => {
  const line = 'IP 10.0.0.1.1 > 10.0.0.2.2: Flags [S], seq 1, win 1, length 0\r\n'
  const content = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(line, 'utf16le')])
  expect(openCapture(file('shell.txt', content)).packets).toHaveLength(1)
})
