import { describe, expect, it } from 'vitest'
import { corpusFile } from '../readers/testing/corpus.ts'
import { failure } from '../readers/testing/fails.ts'
import { counted, openCounters, readCounters } from './counters.ts'

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
  it('what was counted in between', () => {
    expect(counted({ A: 1, B: 5 }, { A: 3, B: 4, C: 2 })).toEqual({ A: 2, C: 2 })
  })
  it.each([
    ['none', 'Once upon a time', 'E_COUNTERS', 'x:1:1'],
    ['more names than values', 'Tcp: A B\nTcp: 1', 'E_COUNTERS_LINE', 'x:2:1'],
    ['no number', 'Tcp: A\nTcp: many', 'E_COUNTERS_LINE', 'x:2:1'],
    ['families mixed', 'Tcp: A\nTcpExt: 1', 'E_COUNTERS_LINE', 'x:2:1'],
    ['values cut off', 'TcpExt: A', 'E_COUNTERS_LINE', 'x:1:1'],
  ])('%s', (_name, text, code, place) => {
    expect(failure(() => readCounters(text, 'x'))).toMatchObject({ code, place })
  })
})
