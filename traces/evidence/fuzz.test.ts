/** Whatever is given as evidence: it is read, or refused in one line. */
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { ReadError } from '../readers/error.ts'
import { readSettings } from '../readers/settings.ts'
import { readCounters } from './counters.ts'
import { readSockets } from './read-sockets.ts'

const readers = { readSockets, readCounters, readSettings }

const survives = (read: (text: string) => unknown, text: string): void => {
  try {
    read(text)
  } catch (error) {
    if (!(error instanceof ReadError)) throw error
    expect(error.message).not.toMatch(/\p{Cc}/u)
    expect(error.message.length).toBeLessThan(1000)
  }
}

const pieces = [
  'State Recv-Q Send-Q Local Address:Port Peer Address:Port',
  'Proto Recv-Q Send-Q Local Address Foreign Address State',
  '  sl  local_address rem_address   st',
  '   0: 00000000:01F6 00000000:0000 0A 00000000:00000006 00:00000000 00000000 0',
  'ESTAB 0 0 1.1.1.1:1 [::1]:2 users:(("a",pid=1)) timer:(on,1ms,2)',
  'tcp 0 0 1.1.1.1:1 1.1.1.1:2 LISTEN -',
  '\t skmem:(r0,rb1) cubic wscale:7,7',
  'Tcp: A B',
  'Tcp: 1 2',
  'TcpExt:',
  '    3 times the listen queue of a socket overflowed',
  'TcpExtListenDrops 7 0.0',
  '{"kernel":{"TcpActiveOpens":3',
  'net.ipv4.tcp_sack = 1',
  'tcp_synack_retries=99999999999999999999',
  '\0\u0007\u001b[31m',
  '9'.repeat(400),
]

describe.each(Object.entries(readers))('%s', (_name, read) => {
  test.prop([fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), fc.constantFrom('\n', '\r\n', ' ')], {
    numRuns: 300,
  })('pieces of every format in any order', (lines, between) => survives(read, lines.join(between)))
  test.prop([fc.string({ maxLength: 400, unit: 'binary' })], { numRuns: 300 })('any characters', (text) =>
    survives(read, text),
  )
  test.each([
    ['an endless word', 'a'.repeat(1_000_000)],
    ['endless blanks', `tcp 0 0 ${' '.repeat(500_000)}x`],
    ['endless numbers', `Tcp: ${'1 '.repeat(200_000)}`],
    ['endless sockets', `${'ESTAB 0 0 1.1.1.1:1 1.1.1.1:2\n'.repeat(50_000)}`],
    ['an endless name', `net.ipv4.${'tcp_'.repeat(200_000)} = 1`],
  ])('%s', (_what, text) => survives(read, text))
})
