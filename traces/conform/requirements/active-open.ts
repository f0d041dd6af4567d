/** Connections that the target opens: SYN-SENT, and both ends at once. RFC 9293 §3.5, §3.10.7.3 */
import { add } from '../../../model/index.ts'
import type { Requirement } from '../requirement.ts'
import { must } from '../verdict.ts'

export const activeOpen: readonly Requirement[] = [
  {
    id: 'MUST-10',
    level: 'MUST',
    says: 'Both ends may open at once: a SYN in SYN-SENT is answered with a SYN+ACK of the same number, and the peer’s SYN+ACK or ACK completes it',
    source: 'RFC 9293 §3.5 figure 8',
    needs: ['dial'],
    decides: async (lab) => {
      const { p, syn } = await lab.called()
      p.says('S', { options: { mss: 1460 } })
      await p.gets({ flags: 'S.', seq: syn.segment.seq, ack: p.snd })
      p.acknowledges()
      p.says('.', { len: 3 })
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'CROSSED-SYN-ACK',
    level: 'RULE',
    says: 'The crossed SYN+ACK of a simultaneous open completes it',
    source: 'RFC 9293 §3.5 figure 8',
    needs: ['dial'],
    decides: async (lab) => {
      const { p, syn } = await lab.called()
      p.says('S', { options: { mss: 1460 } })
      must((await p.hears())?.segment.flags === 'S.' ? true : undefined, 'there is no simultaneous open (MUST-10)')
      p.forges('S.', { seq: -1 })
      await p.settles()
      p.says('.', { len: 3 })
      await p.gets({ flags: '.', seq: add(syn.segment.seq, 1), ack: p.snd })
      return undefined
    },
  },
  {
    id: 'SYN-SENT-SYN-ACK',
    level: 'RULE',
    says: 'In SYN-SENT a SYN+ACK of the SYN is acknowledged with the next number of each end',
    source: 'RFC 9293 §3.10.7.3 fourth, figure 6',
    needs: ['dial'],
    decides: async (lab) => {
      const { p } = await lab.called()
      p.says('S.', { options: { mss: 1460 } })
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'SYN-SENT-BAD-ACK',
    level: 'RULE',
    says: 'In SYN-SENT an ACK of anything but the SYN is reset with its own acknowledgment number, and the OPEN goes on',
    source: 'RFC 9293 §3.10.7.3 first',
    needs: ['dial'],
    decides: async (lab) => {
      const { p } = await lab.called()
      const s = p.forges('S.', { ack: 5 })
      await p.gets({ flags: 'R', seq: s.ack!, ack: null })
      p.says('S.', { options: { mss: 1460 } })
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'SYN-SENT-RST',
    level: 'RULE',
    says: 'In SYN-SENT a RST without an ACK is dropped, and so is one whose ACK is not of the SYN',
    source: 'RFC 9293 §3.10.7.3 second',
    needs: ['dial'],
    decides: async (lab) => {
      const { p } = await lab.called()
      p.forges('R')
      await p.silence()
      p.forges('R.', { ack: 7 })
      await p.silence()
      p.says('S.', { options: { mss: 1460 } })
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'SYN-SENT-REFUSED',
    level: 'RULE',
    says: 'In SYN-SENT a RST that acknowledges the SYN ends the OPEN: no SYN comes again, and a later SYN+ACK is reset',
    source: 'RFC 9293 §3.10.7.3 second',
    needs: ['dial'],
    decides: async (lab) => {
      const { p } = await lab.called()
      p.forges('R.')
      await p.silence()
      const s = p.forges('S.', { options: { mss: 1460 } })
      await p.gets({ flags: 'R', seq: s.ack! })
      return undefined
    },
  },
  {
    id: 'SYN-SENT-ACK',
    level: 'RULE',
    says: 'In SYN-SENT an ACK of the SYN without a SYN is dropped, and the OPEN goes on',
    source: 'RFC 9293 §3.10.7.3 fifth',
    needs: ['dial'],
    decides: async (lab) => {
      const { p } = await lab.called()
      p.forges('.')
      await p.silence()
      p.says('S.', { options: { mss: 1460 } })
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'SYN-SENT-FIN',
    level: 'RULE',
    says: 'In SYN-SENT a FIN is dropped, for its number cannot be judged',
    source: 'RFC 9293 §3.10.7.4 eighth, §3.10.7.3 fifth',
    needs: ['dial'],
    decides: async (lab) => {
      const { p } = await lab.called()
      p.forges('F.')
      await p.silence()
      p.says('S.', { options: { mss: 1460 } })
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'ACTIVE-RST',
    level: 'RULE',
    says: 'A RST in SYN-RECEIVED of a simultaneous open refuses the connection: it is gone',
    source: 'RFC 9293 §3.10.7.4 second',
    needs: ['dial'],
    decides: async (lab) => {
      const { p } = await lab.called()
      p.says('S', { options: { mss: 1460 } })
      must((await p.hears())?.segment.flags === 'S.' ? true : undefined, 'there is no simultaneous open (MUST-10)')
      p.forges('R')
      await p.silence()
      await p.isGone('the RST')
      return undefined
    },
  },
]
