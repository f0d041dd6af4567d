import { describe, expect, it } from 'vitest'
import { corpusFile } from '../readers/testing/corpus.ts'
import { failure } from '../readers/testing/fails.ts'
import { counted, fallen, openCounters, readCounters } from './counters.ts'

it('the published /proc/net/netstat', () => {
  const values = openCounters(corpusFile('ghost-connection/ghost-connection.proc-net-netstat.txt'))
  expect({ ...values }).toEqual({ ListenOverflows: 657_727, ListenDrops: 661_488 })
})

describe('counters', () => {
  it('/proc/net/snmp: Tcp counts, other families do not', () => {
    const text = 'Ip: InReceives\nIp: 9\nTcp: MaxConn ActiveOpens\nTcp: -1 55\nUdp: InErrors\nUdp: 3\n'
    expect({ ...readCounters(text) }).toEqual({ MaxConn: -1, ActiveOpens: 55 })
  })
  it('nstat', () => {
    const text =
      '#kernel\nIpInReceives 9 0.0\nTcpActiveOpens                  55                 0.0\nTcpExtListenDrops  7  0.0\n'
    expect({ ...readCounters(text) }).toEqual({ ActiveOpens: 55, ListenDrops: 7 })
  })
  it('nstat --json', () => {
    const text = '{"kernel":{"IpInReceives":9,"TcpActiveOpens":55,"TcpExtListenDrops":7}}'
    expect({ ...readCounters(text) }).toEqual({ ActiveOpens: 55, ListenDrops: 7 })
  })
  it('netstat -s: sentences old and new, counters by name, other sections passed over', () => {
    const text = [
      'Ip:',
      '    9 total packets received',
      'Tcp:',
      '    334 active connection openings',
      '    5 segments send out',
      '    4 segments retransmited',
      'UdpLite:',
      '    InErrors: 3',
      'TcpExt:',
      '    21 times the listen queue of a socket overflowed',
      '    25 SYNs to LISTEN sockets ignored',
      '    Quick ack mode was activated 930 times',
      '    TCPReqQFullDrop: 2',
      'IpExt:',
      '    InOctets: 1952042330',
    ].join('\n')
    expect({ ...readCounters(text) }).toEqual({
      ActiveOpens: 334,
      OutSegs: 5,
      RetransSegs: 4,
      ListenOverflows: 21,
      ListenDrops: 25,
      TCPReqQFullDrop: 2,
    })
  })
  it.each([
    '#kernel\nTcpExtListenDrops  -7  0.0\n',
    '{"kernel":{"TcpExtListenDrops":-7}}',
    'TcpExt: ListenDrops\nTcpExt: -7\n',
    'TcpExt:\n    -7 SYNs to LISTEN sockets dropped\n',
    'TcpExt:\n    TCPReqQFullDrop: -7\n',
  ])('no counter counts below 0: %j', (text) => {
    expect(failure(() => readCounters(text, 'c.txt'))).toMatchObject({
      code: 'E_COUNTERS_LINE',
      place: expect.stringMatching(/^c\.txt:\d:1$/),
      cause: expect.stringContaining('no counter counts below 0'),
      remedy: 'read it again',
    })
  })
  it('-1 where there is no limit to connections', () => {
    expect({ ...readCounters('Tcp: RtoMin MaxConn\nTcp: 200 -1') }).toEqual({ RtoMin: 200, MaxConn: -1 })
  })
  it('what fell in between: the readings are swapped, or the host was restarted; what is now may fall', () => {
    expect(
      fallen({ ListenDrops: 5, CurrEstab: 9, ActiveOpens: 1 }, { ListenDrops: 3, CurrEstab: 2, ActiveOpens: 4 }),
    ).toEqual(['ListenDrops'])
  })
  it('what was counted in between', () => {
    expect(counted({ A: 1, B: 5 }, { A: 3, B: 4, C: 2 })).toEqual({ A: 2, C: 2 })
  })
  it.each([
    ['none', 'Once upon a time', 'E_COUNTERS', 'x:1:1'],
    ['more names than values', 'Tcp: A B\nTcp: 1', 'E_COUNTERS_LINE', 'x:2:1'],
    ['no number', 'Tcp: A\nTcp: many', 'E_COUNTERS_LINE', 'x:2:1'],
    ['families mixed', 'Tcp: A\nTcpExt: 1', 'E_COUNTERS_LINE', 'x:2:1'],
    ['no counter is so large', 'TcpActiveOpens 99999999999999999999 0.0', 'E_COUNTERS_LINE', 'x:1:1'],
    ['an endless line', `Tcp: ${'A '.repeat(60_000)}`, 'E_COUNTERS_LINE', 'x:1:1'],
    ['a socket listing', 'State Recv-Q Send-Q Local Address:Port', 'E_COUNTERS', 'x:1:1'],
    ['below zero', 'Tcp: RtoMin MaxConn\nTcp: -5 -1', 'E_COUNTERS_LINE', 'x:2:1'],
    ['below zero, of nstat', 'TcpExtListenDrops -3 0.0', 'E_COUNTERS_LINE', 'x:1:1'],
    ['values cut off', 'TcpExt: A', 'E_COUNTERS_LINE', 'x:1:1'],
  ])('%s', (_name, text, code, place) => {
    expect(failure(() => readCounters(text, 'x'))).toMatchObject({ code, place })
  })
})
