import { describe, expect, it } from 'vitest'
import { readSettings } from './settings.ts'
import { failure } from './testing/fails.ts'

const of = (text: string) => readSettings(text, 'x').sysctls

describe('settings of a host', () => {
  it('sysctl -a: those that the model obeys', () => {
    const text = [
      'kernel.hostname = box',
      'net.core.somaxconn = 128',
      'net.ipv4.tcp_rmem = 4096\t131072\t6291456',
      'net.ipv4.tcp_synack_retries = 2',
      "sysctl: permission denied on key 'net.ipv4.tcp_fastopen_key'",
    ].join('\r\n')
    expect(of(text)).toEqual({ somaxconn: 128, tcp_synack_retries: 2 })
  })
  it('sysctl.conf with comments, slashes, dashes and without blanks', () => {
    const text = '# tcp_abort_on_overflow = 1\n; tcp_rfc1337=1\n-net/ipv4/tcp_syncookies=0\nnet.ipv4.tcp_sack=1 \n'
    expect(of(text)).toEqual({ tcp_syncookies: 0, tcp_sack: 1 })
  })
  it('grep . /proc/sys/net/ipv4/tcp_*, and bare names', () => {
    expect(of('/proc/sys/net/ipv4/tcp_retries2:8\ntcp_syn_retries=3')).toEqual({ tcp_retries2: 8, tcp_syn_retries: 3 })
  })
  it('a name set twice: the last counts, and it is said', () => {
    const { sysctls, notes } = readSettings('tcp_sack=1\ntcp_sack=0', 'x')
    expect([sysctls, notes]).toEqual([{ tcp_sack: 0 }, ['tcp_sack is set twice in x: the last value counts']])
  })
  it('nothing of TCP in it: no error, but said', () => {
    expect(readSettings('vm.swappiness = 10\nnet.ipv6.tcp_sack = 7', 'x')).toMatchObject({
      sysctls: {},
      notes: ['x has no setting that the model obeys'],
    })
  })
  it.each([
    ['tcp_sack = yes', 'E_SYSCTLS_LINE', 'x:1:12', 'give 0 to 1'],
    ['\nnet.ipv4.tcp_synack_retries = 99999999999999999999', 'E_SYSCTLS_LINE', 'x:2:31', 'give 0 to 255'],
    ['Dear diary', 'E_SYSCTLS', 'x:1:1', 'give the output of sysctl -a'],
    ['Tcp: MaxConn\nTcp: 1', 'E_SYSCTLS', 'x:1:1', 'it is /proc/net/netstat or /proc/net/snmp: give it to --counters'],
  ])('%s', (text, code, place, remedy) => {
    expect(failure(() => of(text))).toMatchObject({ code, place, remedy })
  })
})
