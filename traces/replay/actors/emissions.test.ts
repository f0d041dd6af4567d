import { describe, expect, it } from 'vitest'
import {
  close,
  connect,
  isTcb,
  notation,
  pureAck,
  receive,
  recv,
  type Socket,
  send,
  seq,
  shutdown,
  stateName,
  synAck,
  type Tcb,
  text,
} from '../../../model/index.ts'
import type { Analysis } from '../packets/analysis.ts'
import { observed } from '../testing/observed.ts'
import { emissionsOf } from './emissions.ts'
import { replayStack } from './stacks.ts'

const stack = replayStack('linux-6.18')
const opening = connect(seq(99), stack).to
const opened = receive(opening, synAck(seq(499), seq(100)), stack).to as Tcb
const sent = send(opened, 10, stack)!.to as Tcb

/** What the socket may do that could show as this packet: state, segments, price. */
const acts = (socket: Socket, line: string, analysis: Analysis = {}): string[] =>
  emissionsOf(socket, { ...observed(line)[0]!, analysis }, stack).map(({ to, send: out, cost, invents }) =>
    [stateName(to), ...out.map((s) => notation(s)), cost, invents?.id ?? ''].join(' ').trim(),
  )

describe('text', () => {
  it('new text is written: at the next number only', () => {
    expect(acts(opened, '> P. 100:10 ack=500')).toEqual(['ESTABLISHED [.] seq 100:110 ack 500 length 10 0'])
    expect(acts(opened, '> P. 90:10 ack=500')).toEqual([])
  })
  it('with a FIN: shutdown() or close()', () => {
    expect(acts(opened, '> F. 100:10 ack=500')).toEqual(
      expect.arrayContaining(['FIN_WAIT1 [F.] seq 100:110 ack 500 length 10 0']),
    )
  })
  it('that was sent is repeated by the timer, cut in any way: RFC 6298 §5.4', () => {
    expect(acts(sent, '> P. 100:10 ack=500')).toContain('ESTABLISHED [.] seq 100:110 ack 500 length 10 0')
    expect(acts(sent, '> P. 105:5 ack=500')).toContain('ESTABLISHED [.] seq 105:110 ack 500 length 5 0')
    expect(acts(sent, '> P. 105:9 ack=500')).toEqual([])
  })
  it('an ACK may have asked for it: that is no timeout. RFC 5681 §3.2', () => {
    const [asked] = emissionsOf(sent, { ...observed('> P. 100:10 ack=500')[0]!, analysis: { elicited: true } }, stack)
    expect(asked).toMatchObject({ to: sent, count: ['RetransSegs'], cost: 0 })
  })
  it('a probe for the tail, where the capture proves one, is no timeout: RFC 8985 §7.2', () => {
    const probes = emissionsOf(
      sent,
      { ...observed('> P. 100:10 ack=500')[0]!, analysis: { tailLossProbe: true } },
      stack,
    )
    expect(probes.map(({ count }) => count)).toEqual([expect.arrayContaining(['TCPLossProbes'])])
  })
  it('is not repeated once it is acknowledged', () => {
    const acked = receive(sent, pureAck(seq(500), seq(110)), stack).to
    expect(acts(acked, '> P. 100:10 ack=500')).toEqual([])
  })
  it('after a timeout that no ACK answered: selective acknowledgments let new text out, an invention. RFC 6675 §5', () => {
    const [timeout] = emissionsOf(sent, observed('> P. 100:10 ack=500')[0]!, stack)
    expect(acts(timeout!.to, '> P. 110:5 ack=500').join()).toContain('new-text-after-timeout')
  })
  it('beyond a gap: what lies between was lost before the tap, if the capture allows that', () => {
    const moves = acts(opened, '> P. 120:10 ack=500', { gapFrom: seq(100) })
    expect(moves).toEqual(['ESTABLISHED [.] seq 100:120 ack 500 length 20 [.] seq 120:130 ack 500 length 10 0'])
    expect(acts(opened, '> P. 120:10 ack=500')).toEqual([])
    expect(acts(opened, '> P. 120:10 ack=500', { gapFrom: seq(105) })).toEqual([])
  })
})

describe('FIN', () => {
  it('shutdown() or close(): RFC 9293 §3.10.4', () => {
    expect(acts(opened, '> F. 100 ack=500')).toEqual([
      'FIN_WAIT1 [F.] seq 100 ack 500 0',
      'FIN_WAIT1 [F.] seq 100 ack 500 0',
    ])
  })
  it('a second one is the first again, by the timer or as the probe for the tail', () => {
    const closing = close(opened, stack)!.to
    const again = 'FIN_WAIT1 [F.] seq 100 ack 500 0'
    expect(acts(closing, '> F. 100 ack=500')).toEqual([again, again])
  })
  it('is a FIN also with text unread: the process reads first, for close() alone would reset. RFC 9293 §3.10.4 note', () => {
    const unread = receive(opened, text(seq(500), seq(100), 5), stack).to
    expect(isTcb(unread) && recv(unread)).toBeTruthy()
    expect(acts(unread, '> F. 100 ack=505').every((m) => m.includes('[F.]'))).toBe(true)
    expect(shutdown(unread, stack)).toBeDefined()
  })
})

describe('an ACK', () => {
  it('a keepalive probe, the ACK that is due, or a window update; the last an invention unless the window shows it', () => {
    expect(acts(opened, '> . 100 ack=500')).toEqual([
      'ESTABLISHED [.] ack 500 0',
      expect.stringMatching(/^ESTABLISHED .*0$/),
      'ESTABLISHED [.] ack 500 1 window-update',
    ])
    expect(acts(opened, '> . 100 ack=500', { windowUpdate: true }).join()).not.toContain('window-update')
  })
  it('a keepalive probe with an octet: the one that was acknowledged last. RFC 1122 §4.2.3.6', () => {
    const acked = receive(sent, pureAck(seq(500), seq(110)), stack).to
    expect(acts(acked, '> . 109:1 ack=500', { keepAlive: true })).toContain(
      'ESTABLISHED [.] seq 109:110 ack 500 length 1 0',
    )
  })
})

describe('RST and SYN', () => {
  it('abort(), close(), or a keepalive timer that gives up: RFC 9293 §3.10.5', () => {
    const resets = acts(opened, '> R. 100 ack=500')
    expect(resets).toContain('CLOSED [R.] seq 100 ack 500 0')
    expect(resets.every((m) => m.endsWith(' 0'))).toBe(true)
  })
  it('a SYN is repeated by its timer; another socket has none', () => {
    expect(acts(opening, '> S 99')).toEqual(['SYN_SENT [S] seq 99 0'])
    expect(acts(opened, '> S 99').filter((m) => m.includes('[S]'))).toEqual([])
    expect(acts(opening, '> P. 100:5 ack=500')).toEqual([])
  })
})
