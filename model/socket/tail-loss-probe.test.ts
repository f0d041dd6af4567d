/** The tail-loss probe. RFC 8985 §7 · linux: tcp_send_loss_probe, tcp_process_tlp_ack */
import { describe, expect, test } from 'vitest'
import type { Options, Segment } from '../segment.ts'
import { seq } from '../sequence.ts'
import { ours, peer } from '../testing/segments.ts'
import { arrive, closes, established, seen, shows, wrote } from '../testing/sockets.ts'
import { stack } from '../testing/stack.ts'
import { lastSent } from './output.ts'
import type { Tcb } from './socket.ts'
import { probe } from './tail-loss-probe.ts'
import { fire } from './time.ts'

const st = stack({ knowsDuplicates: true })

describe('a tail-loss probe', () => {
  const last = (t: Tcb): Segment => lastSent(t, st)

  test('repeats what was sent last', () => {
    expect(last(wrote(established(), 3))).toEqual(ours('.', { len: 3 }))
    expect(last(closes(wrote(established(), 3)) as Tcb)).toEqual(ours('F.', { seq: 104 }))
  })

  test('of several segments the last, where it is known where that begins', () => {
    const two = wrote(wrote(established(), 1), 3)
    expect(lastSent(two, st, seq(102))).toEqual(ours('.', { seq: 102, len: 3 }))
    expect(lastSent(closes(two) as Tcb, st, seq(102))).toEqual(ours('F.', { seq: 102, len: 3 }))
    expect(lastSent(wrote(established(), 10), st, seq(101))).toEqual(ours('.', { seq: 109, len: 2 }))
  })

  test('once per flight, and not after a timeout', () => {
    const t = wrote(established(), 3)
    const probed = probe(t, st)!
    expect(seen(probed)).toEqual(shows('ESTABLISHED', [last(t)], ['TCPLossProbes', 'RetransSegs']))
    expect(probe(probed.to as Tcb, st)).toBeUndefined()
    expect(probe(fire(t, st).to as Tcb, st)).toBeUndefined()
    expect(probe(established(), st)).toBeUndefined()
    const settled = { ...wrote(established(), 2), options: { mss: 4 } }
    expect(probe(settled, st)).toBeUndefined()
    expect(probe({ ...settled, options: { mss: 4, sack: true } }, st)).toBeDefined()
  })

  describe('no other is sent before', () => {
    /** 3 bytes were sent, and the last of them again. */
    const probed = probe(wrote(established(), 3), st)!.to as Tcb
    const acked = (t: Tcb, ack: number, options: Options = {}): Tcb =>
      arrive(t, st, { ...peer('.', { ack }), options }).to as Tcb
    const ends = (ack: number, options?: Options, t = probed): boolean => acked(t, ack, options).probed === undefined

    test('an ACK of part of what was out', () => expect(ends(103)).toBe(false))
    test('the first ACK of all of it, where no SACK block tells that text came twice', () => {
      expect(ends(104, { duplicate: false })).toBe(false)
      expect(ends(104, { duplicate: true })).toBe(true)
    })
    test('an ACK that says the same again, or a later one', () => {
      const all = acked(probed, 104, { duplicate: false })
      expect(all.probed).toEqual({ upTo: 104, repeats: true })
      expect(ends(104, {}, all)).toBe(true)
      const more = wrote(all, 2)
      expect(probe(more, st)).toBeUndefined()
      expect(ends(105, { duplicate: false }, more)).toBe(true)
    })
    test('an ACK of the probe, where that was new text', () => {
      const fresh = { ...probed, probed: { upTo: seq(104) } }
      expect(ends(104, { duplicate: false }, fresh)).toBe(true)
    })

    test('an ACK that advances, where it is not known what SACK blocks tell', () => {
      const unknown = probe(wrote(established(), 3), stack())!.to as Tcb
      expect(unknown.probed).toEqual({})
      expect(ends(103, {}, unknown)).toBe(true)
      expect(ends(101, {}, unknown)).toBe(false)
    })
  })
})
