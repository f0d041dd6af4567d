import { describe, expect, it } from 'vitest'
import { replay } from '../../replayCapture.ts'
import { openCapture } from '../open.ts'
import { corpusFile, corpusFiles } from '../testing/corpus.ts'
import { readPacketdrill } from './read.ts'

const read = (...lines: string[]) => readPacketdrill(lines.join('\n'), 'x.pkt')
const SYN = '0 < S 0:0(0) win 64240 <mss 1460,sackOK,TS val 5 ecr 0,nop,wscale 7>'
const SYNACK = '+.1 > S. 0:0(0) ack 1 <...>'
const script = (...lines: string[]) => {
  const report = replay(read(...lines), { kernels: { client: 'linux-6.18', server: 'linux-6.18' } })
  return { ...report.connections[0]!, notes: report.notes }
}

describe('a script, replayed', () => {
  it.each(corpusFiles('.pkt'))('%s conforms', (file) => {
    expect(replay(openCapture(file)).verdict).toBe('conforms')
  })
  it('a full accept queue is a ghost connection', () => {
    const { connections } = replay(openCapture(corpusFile('packetdrill/accept-queue-full.pkt')))
    expect(connections[0]?.diagnoses[0]).toMatchObject({ id: 'ghost-connection', certainty: 'certain' })
  })
  it('accept() that succeeds before the third ACK contradicts the packets', () => {
    const { verdict, contradictions } = script(SYN, SYNACK, '+0 accept(3, ..., ...) = 4', '+1 < . 1:1(0) ack 1 win 5')
    expect([verdict, contradictions]).toEqual([
      'diverges',
      ['line 3: accept(3, ..., ...) = 4, but the packets leave the server CLOSED or SYN_RECV by then'],
    ])
  })
  it('accept() after it does not', () => {
    expect(script(SYN, SYNACK, '+1 < . 1:1(0) ack 1 win 5', '+0 accept(3, ..., ...) = 4').verdict).toBe('conforms')
  })
  it('more SYN+ACKs than the sysctl of the script allows', () => {
    const { verdict, contradictions } = script(
      '`sysctl -q net.ipv4.tcp_synack_retries=1`',
      SYN,
      SYNACK,
      '+1 > S. 0:0(0) ack 1 <...>',
      '+2 > S. 0:0(0) ack 1 <...>',
    )
    expect([verdict, contradictions?.join()]).toEqual(['diverges', expect.stringContaining('tcp_synack_retries = 1')])
  })
  it('what packetdrill sends no stack has to account for', () => {
    const ack = '+0 < . 1:1(0) ack 1 win 100'
    expect(script(SYN, SYNACK, ack, '+0 < SF 700:700(0) win 1', '+0 < R. 900:900(0) ack 5 win 1').verdict).toBe(
      'conforms',
    )
    expect(read(SYN, SYNACK).script?.injected).toEqual([
      { time: 0, source: 40_000, destination: 8080, flags: 'S', seq: 0, len: 0 },
    ])
  })
  it('TCP Fast Open is not modelled: no divergence', () => {
    const option = '+0 setsockopt(3, SOL_TCP, TCP_FASTOPEN, [1], 4) = 0'
    expect(script(option, SYN, '+0 > S. 0:0(0) ack 2 <...>')).toMatchObject({
      verdict: 'inconclusive',
      reason: 'TCP Fast Open is not modelled',
    })
  })
  it.each(['FO', 'FO abcd1234', 'FOEXP', 'fo TFO_COOKIE'])('nor is its option %s on a SYN without text', (option) => {
    const { verdict, reason, notes } = script(
      `0 < S 0:0(0) win 1 <mss 1460,${option},nop>`,
      '+0 > S. 0:0(0) ack 2 <...>',
    )
    expect([verdict, reason]).toEqual(['inconclusive', 'TCP Fast Open is not modelled'])
    expect(notes).toEqual(['passed over: Fast Open (line 1)'])
  })
  it('nor is it where a sysctl alone turns it on, once a SYN brings text', () => {
    const judged = (value: string, ...packets: string[]) => {
      const { verdict, reason } = script(`0 \`sysctl -q net.ipv4.tcp_fastopen=${value}\``, ...packets)
      return [verdict, reason]
    }
    const fast = ['0 < S 0:10(10) win 1', '+0 > S. 0:0(0) ack 11 <...>']
    expect(judged('0x603', ...fast)).toEqual(['inconclusive', 'TCP Fast Open is not modelled'])
    expect(judged('1', ...fast)[1]).not.toBe('TCP Fast Open is not modelled')
    expect(judged('0x603', SYN, SYNACK)[0]).toBe('conforms')
  })
  it('an option that begins like it is another', () => {
    const { packets, script } = read('0 < S 0:0(0) win 1 <mss 1460,FOO 1,sackOK>')
    expect([packets[0]?.options, script?.unmodelled]).toEqual([{ mss: 1460, sackPermitted: true }, undefined])
  })
  it('times are whole microseconds: a packet passes by the end of a call at the same moment', () => {
    const { packets, script } = read(
      '1 < S 0:0(0) win 1',
      '+.08...0.180 connect(3, ..., ...) = 0',
      '+.1 > R. 0:0(0) ack 1',
    )
    expect([packets[1]?.time, script?.calls[0]?.after]).toEqual([1.18, 2])
  })
  it('the timestamps of what the kernel sends are no clock, and order nothing', () => {
    const stamped = (val: number) => `<nop,nop,TS val ${val} ecr 5>`
    const lines = [
      SYN,
      `+0 > S. 0:0(0) ack 1 <mss 1460,sackOK,TS val 900 ecr 5,nop,wscale 7>`,
      `+.1 < . 1:1(0) ack 1 win 257 ${stamped(501)}`,
      `+.1 > . 1:1(0) ack 1 ${stamped(100)}`,
    ]
    expect(read(...lines).packets.map(({ options }) => options?.timestamp)).toEqual([
      { value: 5, echo: 0 },
      { echo: 5 },
      { value: 501, echo: 5 },
      { echo: 5 },
    ])
    const falling = [
      `+.1 < F. 1:1(0) ack 1 win 257`,
      `+0 > . 1:1(0) ack 2 ${stamped(50)}`,
      `+.1 > F. 1:1(0) ack 2 ${stamped(10)}`,
    ]
    expect(script(...lines.slice(0, 3), ...falling).verdict).toBe('conforms')
  })
  it('an ACK without a number has the number 0', () => {
    expect(read('0 < . 0:0(0) win 5').packets[0]).toMatchObject({ flags: '.', acknowledgment: 0 })
  })
  it('a blank before the length, a quoted segment before icmp, set_sysctls.py', () => {
    const { packets, script: told } = read(
      '`./set_sysctls.py /proc/sys/net/ipv4/tcp_syncookies=2`',
      SYN,
      '+0 < P. 1:1001 (1000) ack 1 win 5',
      '+0 < [1:1001(1000)] icmp unreachable frag_needed mtu 1000',
    )
    expect(packets).toHaveLength(2)
    expect(told?.sysctls).toEqual({ tcp_syncookies: 2 })
  })
  it('after shutdown() of receiving EOF is read at once', () => {
    const end = '+0 read(4, ..., 10) = 0'
    const opened = [SYN, SYNACK, '+.1 < . 1:1(0) ack 1 win 100', '+0 accept(3, ..., ...) = 4']
    const statesAtEnd = (...lines: string[]) => read(...opened, ...lines, end).script?.calls.at(-1)?.states
    expect(statesAtEnd('+0 shutdown(4, SHUT_RD) = 0')).toBeUndefined()
    expect(statesAtEnd('+0 shutdown(4, SHUT_RDWR) = 0')).toBeUndefined()
    expect(statesAtEnd('+0 shutdown(4, SHUT_WR) = 0')).toContain('CLOSE_WAIT')
  })
  it('a packet that the kernel cannot send', () => {
    expect(script(SYN, '+0 > S. 0:0(0) ack 2 <...>')).toMatchObject({ verdict: 'diverges', divergence: { packet: 2 } })
  })
})
