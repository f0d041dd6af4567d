/** What every segment of a connection is tested for, and how text is taken. RFC 9293 §3.4, §3.10.7.4; RFC 5961 */
import { type Seq, seq } from '../../../model/index.ts'
import type { Peer } from '../peer.ts'
import type { Requirement } from '../requirement.ts'
import { holds } from '../verdict.ts'
import { hearsFin } from './closing.ts'

/** More than any window without a scale. */
const FAR = 300_000

/** Text ahead of a gap, then the text that fills it: whether both are acknowledged. */
const fillsGap = async (p: Peer): Promise<boolean> => {
  p.forges('.', { seq: 8, len: 4 })
  await p.settles()
  p.says('.', { len: 8 })
  const h = await p.hears()
  if (h?.segment.ack === seq(p.snd + 4)) {
    p.snd = h.segment.ack
    return true
  }
  holds(h?.segment.ack === p.snd, `text is answered with ${h === undefined ? 'nothing' : p.shows(h.segment)}`)
  return false
}

export const validation: readonly Requirement[] = [
  {
    id: 'ACK-OF-UNSENT',
    level: 'RULE',
    says: 'An ACK of what was never sent is answered with an ACK, and the segment is dropped with its text',
    source: 'RFC 9293 §3.10.7.4 fifth',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      p.forges('.', { ack: 1000, len: 4 })
      await p.getsAck()
      p.says('.', { len: 4 })
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'DUPLICATE-ACK',
    level: 'RULE',
    says: 'A duplicate ACK is ignored: it has no answer',
    source: 'RFC 9293 §3.10.7.4 fifth',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      p.forges('.')
      p.forges('.')
      await p.silence()
      await p.isAlive('two duplicate ACKs')
      return undefined
    },
  },
  {
    id: 'MAY-12',
    level: 'MAY',
    says: 'An ACK older than the largest window is answered with an ACK, and its text is dropped (RFC 5961 §5)',
    source: 'RFC 9293 §3.10.7.4 fifth',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      p.forges('.', { ack: -FAR, len: 4 })
      const h = await p.hears()
      if (h === undefined) return 'not done: such text has no answer'
      return h.segment.ack === p.snd ? 'done' : 'not done: such text is acknowledged'
    },
  },
  {
    id: 'OUT-OF-WINDOW-TEXT',
    level: 'RULE',
    says: 'Text beyond the window is answered with an ACK and dropped',
    source: 'RFC 9293 §3.10.7.4 first, §3.4 table 6',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      p.forges('.', { seq: FAR, len: 4 })
      await p.getsAck()
      p.says('.', { len: 4 })
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'OLD-TEXT',
    level: 'RULE',
    says: 'Text that was received before is answered with an ACK',
    source: 'RFC 9293 §3.10.7.4 first',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      p.says('.', { len: 8 })
      await p.getsAck()
      p.forges('.', { seq: -8, len: 8 })
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'STRADDLING-TEXT',
    level: 'RULE',
    says: 'Of text that is partly old only the new part is taken',
    source: 'RFC 9293 §3.10.7.4 first',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      p.says('.', { len: 8 })
      await p.getsAck()
      p.forges('.', { seq: -5, len: 9 })
      p.snd = seq(p.snd + 4)
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'NO-ACK',
    level: 'RULE',
    says: 'Text without an ACK is dropped',
    source: 'RFC 9293 §3.10.7.4 fifth',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      p.forges('', { len: 4 })
      await p.silence()
      p.says('.', { len: 4 })
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'MODULO',
    level: 'RULE',
    says: 'Numbers are compared modulo 2³²: text and FIN go on across the end of the number space',
    source: 'RFC 9293 §3.4',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard', { iss: 0xffff_ff00 as Seq })
      const keeps = await fillsGap(p)
      p.says('.', { len: 2 ** 32 - 2 - p.snd })
      await p.getsAck()
      holds((await fillsGap(p)) || !keeps, 'text ahead of a gap is kept, but not where the numbers begin again')
      p.says('F.', { len: 2 })
      await hearsFin(p)
      return undefined
    },
  },
  {
    id: 'SHLD-31',
    level: 'SHOULD',
    says: 'Text ahead of a gap is kept: once the gap is filled, all of it is acknowledged',
    source: 'RFC 9293 §3.10.7.4 first',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      p.forges('.', { seq: 10, len: 10 })
      await p.settles()
      p.says('.', { len: 10 })
      p.snd = seq(p.snd + 10)
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'MAY-13',
    level: 'MAY',
    says: 'Text ahead of a gap is answered at once with an ACK of what is expected',
    source: 'RFC 9293 §3.10.7.4 seventh',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      p.forges('.', { seq: 10, len: 10 })
      const h = await p.hears(lab.times.quiet)
      return h === undefined ? 'not done' : 'done'
    },
  },
  {
    id: 'MUST-40',
    level: 'MUST',
    says: 'Text is acknowledged within half a second',
    source: 'RFC 9293 §3.8.6.3',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      for (let i = 0; i < 4; i++) {
        p.says('.', { len: 10 })
        const sent = lab.target.now()
        await p.getsAck(3_000)
        const took = Math.round(lab.target.now() - sent)
        holds(took < 550, `the ACK of text comes after ${took} ms`)
      }
      return undefined
    },
  },
  {
    id: 'SHLD-19',
    level: 'SHOULD',
    says: 'Of full-sized segments at least every second is acknowledged',
    source: 'RFC 9293 §3.8.6.3',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      for (let i = 0; i < 6; i++) p.says('.', { len: 536 * 2 })
      let acks = 0
      for (let h = await p.hears(); h !== undefined; h = await p.hears(lab.times.quiet)) {
        acks += 1
        if (h.segment.ack === p.snd) break
      }
      holds(acks >= 1, 'text has no ACK')
      return `${acks} ACKs for 6 segments at once`
    },
  },
]
