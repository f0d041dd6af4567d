import { fc } from '@fast-check/vitest'
import { describe, expect, it, test } from 'vitest'
import { ReadError } from '../error.ts'
import { failure } from '../testing/fails.ts'
import { isPacketdrill, readPacketdrill } from './read.ts'

const read = (...lines: string[]) => readPacketdrill(lines.join('\n'), 'x.pkt')
const SYN = '0 < S 0:0(0) win 64240 <mss 1460,sackOK,TS val 5 ecr 0,nop,wscale 7>'
const SYNACK = '+.1 > S. 0:0(0) ack 1 <...>'
describe('packets', () => {
  it('in and out, flags, numbers, options', () => {
    const { packets, connections, script, format } = read(
      SYN,
      SYNACK,
      '+0 < P. 1:6(5) ack 1 win 100 urg 2',
      '* > R 1:1(0)',
    )
    expect(packets).toMatchObject([
      {
        number: 1,
        time: 0,
        flags: 'S',
        sequence: 0,
        window: 64_240,
        options: { mss: 1460, sackPermitted: true, timestamp: { value: 5, echo: 0 }, windowScale: 7 },
      },
      { number: 2, time: 0.1, flags: 'S.', sequence: 0, acknowledgment: 1 },
      { flags: 'P.', sequence: 1, length: 5, window: 100 },
      { flags: 'R', time: 0.1 },
    ])
    expect(packets[1]).not.toHaveProperty('options')
    expect([format, script?.local, connections[0]?.client.address]).toEqual(['packetdrill', 'server', '192.0.2.1'])
  })
  it('times: absolute, relative, any, ranges, calls that block', () => {
    const times = ['0.5', '+0.25', '*', '+0~+0.1', '2']
    const { packets } = read(...times.map((time) => `${time} < S 0:0(0) win 1`))
    expect(packets.map(({ time }) => time)).toEqual([0.5, 0.75, 0.75, 0.75, 2])
    const blocking = read('0.1...0.3 accept(3, ..., ...) = 4', '0.2 < S 0:0(0) win 1', '0.4 > S. 0:0(0) ack 1')
    expect(blocking.script?.calls).toMatchObject([{ line: 1, after: 1 }])
  })
  it('comments, continued lines, sequence numbers that wrap', () => {
    const { packets } = read(
      '/* < S',
      ' 0:0 */ +0 < P. 4294967290:4(10) ack 1 // > R',
      '    win 5',
      '  # a comment',
      `  <sack 1:2 7:9>`,
    )
    expect(packets).toMatchObject([
      {
        length: 10,
        window: 5,
        options: {
          sack: [
            [1, 2],
            [7, 9],
          ],
        },
      },
    ])
  })
  it('a kernel that connects is the client', () => {
    expect(read('0 > S 0:0(0) <...>', '+0 < S. 0:0(0) ack 1 win 1').script?.local).toBe('client')
  })
})

describe('what else a script tells', () => {
  it('sysctls of shell commands, the backlog, calls', () => {
    const { script, notes } = read(
      '`sysctl -q net.ipv4.tcp_syncookies=0 net.ipv4.tcp_synack_retries="2"',
      ' sysctl -w net.core.somaxconn=9; ethtool -K tun0 tso off`',
      '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3',
      '+0 setsockopt(3, SOL_TCP, TCP_NODELAY, [1], 4) = 0',
      '+0 listen(3, 7) = 0',
      SYN,
      '+0 accept(3, ..., ...) = -1 EAGAIN (Resource temporarily unavailable)',
    )
    expect(script).toMatchObject({
      sysctls: { tcp_syncookies: 0, tcp_synack_retries: 2, somaxconn: 9 },
      backlog: 7,
      calls: [{}, {}, {}, { line: 7, after: 1, words: expect.stringContaining('= -1 EAGAIN') }],
    })
    expect(notes).toEqual(['passed over: the command «ethtool -K tun0 tso off» (line 1)'])
  })
  it('what is not read is named with its line', () => {
    const { notes } = read(
      '--tolerance_usecs=10000',
      SYN,
      '+0 < icmp unreachable frag_needed mtu 1200 [1:1(0)]',
      '+0 %{ assert tcpi_state == 1',
      '  }%',
      '+0 epoll_wait(5, {events=EPOLLIN}, 1, 0) = 1',
      '+0 < F. 1:1(0) ack 1 win 1 fo abcd',
    )
    expect(notes).toEqual([
      'passed over: --tolerance_usecs=10000 (line 1), icmp packet (line 3), code (line 4), epoll_wait() (line 6), Fast Open (line 7)',
    ])
  })
})

describe('a typo: one line with its place', () => {
  it.each([
    ['+0 < S 0:0(0) wim 5', 'x.pkt:2:15', /«ack» or «win»/],
    ['+0 < S 0:0(0', 'x.pkt:2:8', /«0» stands where first:last\(length\)/],
    ['+0 < S 1:6(4) win 5', 'x.pkt:2:8', /1:6 holds 5 bytes, not 4/],
    ['+0 < SX 0:0(0) win 5', 'x.pkt:2:7', /«X»/],
    ['+0 = S 0:0(0) win 5', 'x.pkt:2:4', /«=» stands where «<» or «>»/],
    ['+0 < S 99999999999:0(0)', 'x.pkt:2:8', /above 4294967295/],
    ['+0 listen(3, 1 = 0', 'x.pkt:2:19', /the statement ends/],
    ['+0 listen(3, 1) = zero', 'x.pkt:2:19', /«z» stands where a result/],
    ['+0 /* no end', 'x.pkt:2:4', /a comment is not closed; close it with «\*\/»/],
    ['`sysctl -q a=1', 'x.pkt:2:1', /a shell command is not closed/],
    [`+0 < S 0:0(0) win ${'5'.repeat(30_000)}`, 'x.pkt:2:1', /a statement of 30018 characters/],
  ])('%s', (line, place, words) => {
    const error = failure(() => read(SYN, line))
    expect(error).toMatchObject({ code: 'E_PACKETDRILL', place })
    expect(error.message).toMatch(words)
    expect(error.message).not.toMatch(/\n/)
  })
  it('no packet at all', () => {
    expect(failure(() => read('0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3')).code).toBe('E_NO_PACKETS')
  })
  it('a setting that cannot be', () => {
    expect(failure(() => read('`sysctl net.ipv4.tcp_sack=7`', SYN))).toMatchObject({
      code: 'E_PACKETDRILL',
      place: 'x.pkt:1:1',
      remedy: 'give 0 to 1',
    })
  })
})

it('tcpdump, listings and prose are no scripts', () => {
  for (const text of ['12:00 IP a.1 > b.2: Flags [S], seq 1', '0 < 1 and 2 > 1', 'ESTAB 0 0 a:1 b:2', ''])
    expect(isPacketdrill(text)).toBe(false)
})

test('hostile scripts: an answer or one error', () => {
  const pieces = [
    '+0 ',
    '< ',
    '> ',
    'S ',
    '. ',
    '0:0(0) ',
    'ack 1 ',
    'win 1 ',
    '<mss 1',
    '>',
    '\n',
    '`',
    '"',
    '(',
    '((((',
    '%{',
    '/*',
    'x(1) = 2',
    '[',
    '*',
  ]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (all) => {
      try {
        read(`${all.join('')}`)
      } catch (error) {
        if (!(error instanceof ReadError)) throw error
        expect(error.message).not.toMatch(/\p{Cc}/u)
      }
    }),
    { numRuns: 300 },
  )
  for (const hostile of ['(', '[', '{', '"'].map((c) => `0 x(${c.repeat(15_000)}`))
    expect(failure(() => read(hostile)).code).toBe('E_PACKETDRILL')
})
