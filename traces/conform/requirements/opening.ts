/** SYN-RECEIVED, and connections that the target opens. RFC 9293 §3.5, §3.10.7.3, §3.10.7.4 */
import { add } from '../../../model/index.ts'
import type { Requirement } from '../requirement.ts'
import { Departs, holds, must, NotDecided } from '../verdict.ts'

export const opening: readonly Requirement[] = [
  {
    id: 'SYN-RECEIVED-ACK',
    level: 'RULE',
    says: 'In SYN-RECEIVED an ACK of anything but the SYN+ACK is reset with its own acknowledgment number, and the connection can still be opened',
    source: 'RFC 9293 §3.10.7.4 fifth',
    needs: ['discard'],
    decides: async (lab) => {
      const { p, synAck } = await lab.halfOpened('discard')
      const s = p.says('.', { ack: 100 })
      await p.gets({ flags: 'R', seq: s.ack!, ack: null })
      p.rcv = add(synAck.segment.seq, 1)
      p.acknowledges()
      p.says('.', { len: 4 })
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'SYN-RECEIVED-SYN',
    level: 'RULE',
    says: 'In SYN-RECEIVED a copy of the SYN is answered: with an ACK, or with the SYN+ACK again',
    source: 'RFC 9293 §3.10.7.4 first',
    needs: ['discard'],
    decides: async (lab) => {
      const { p, synAck } = await lab.halfOpened('discard')
      await lab.pauses(lab.times.quiet)
      p.forges('S', { seq: -1, options: { mss: 1460 } })
      const h = await p.hearsAny(lab.times.quiet)
      if (h === undefined) throw new Departs('the copy of the SYN has no answer')
      const { flags, seq, ack } = h.segment
      const isSynAck = flags === 'S.' && seq === synAck.segment.seq && ack === p.snd
      const isAck = flags === '.' && seq === add(synAck.segment.seq, 1) && ack === p.snd
      holds(isSynAck || isAck, `the copy of the SYN is answered with ${p.shows(h.segment)}`)
      p.says('R')
      return isSynAck ? 'with the SYN+ACK again' : 'with an ACK'
    },
  },
  {
    id: 'SYN-RECEIVED-OTHER-SYN',
    level: 'RULE',
    says: 'In SYN-RECEIVED of a passive OPEN another SYN in the window ends the connection, and the port listens on',
    source: 'RFC 9293 §3.10.7.4 fourth',
    needs: ['discard'],
    decides: async (lab) => {
      const { p } = await lab.halfOpened('discard')
      p.forges('S', { seq: 50, options: { mss: 1460 } })
      await p.settles()
      p.forges('.', { len: 1 })
      const h = must(await p.hears(), 'the third ACK has no answer')
      holds(h.segment.flags.startsWith('R'), 'the third ACK still opens the connection')
      return undefined
    },
  },
  {
    id: 'MUST-11',
    level: 'MUST',
    says: 'SYN-RECEIVED remembers that it came from LISTEN: a RST leads back there, and the same SYN opens a connection again',
    source: 'RFC 9293 §3.5, §3.10.7.4 second',
    needs: ['discard'],
    decides: async (lab) => {
      const { p } = await lab.halfOpened('discard')
      p.forges('R')
      await p.silence()
      p.forges('.', { len: 1 })
      const h = must(await p.hears(), 'after the RST the third ACK has no answer')
      holds(h.segment.flags.startsWith('R'), 'after the RST the third ACK still opens the connection')
      p.forgetsWhatItHeard()
      p.rcv = undefined
      p.forges('S', { seq: -1, options: { mss: 1460 } })
      await p.gets({ flags: 'S.', ack: p.snd })
      p.says('R')
      return undefined
    },
  },
  {
    id: 'RFC5961-3.2-SYN-RECEIVED',
    level: 'SHOULD',
    says: 'In SYN-RECEIVED a RST in the window, but not at the next number, is answered with a challenge ACK and ends nothing',
    source: 'RFC 5961 §3.2, RFC 9293 §3.10.7.4 second',
    needs: ['discard'],
    decides: async (lab) => {
      const { p } = await lab.halfOpened('discard')
      p.forges('R', { seq: 9 })
      await p.getsAck()
      p.says('.', { len: 4 })
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'THIRD-ACK-TEXT',
    level: 'RULE',
    says: 'Text that comes with the third ACK is taken and acknowledged',
    source: 'RFC 9293 §3.10.7.4 fifth, seventh',
    needs: ['discard'],
    decides: async (lab) => {
      const { p } = await lab.halfOpened('discard')
      p.says('.', { len: 9 })
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'THIRD-ACK-FIN',
    level: 'RULE',
    says: 'A FIN that comes with the third ACK is taken and acknowledged',
    source: 'RFC 9293 §3.10.7.4 eighth',
    needs: ['hold'],
    decides: async (lab) => {
      const { p } = await lab.halfOpened('hold')
      p.says('F.', { len: 2 })
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'SHLD-1',
    level: 'SHOULD',
    says: 'Initial sequence numbers cannot be told from earlier ones',
    source: 'RFC 9293 §3.4.1',
    needs: ['discard'],
    decides: async (lab) => {
      lab.needs('initial numbers')
      const all: number[] = []
      for (let i = 0; i < 6; i++) {
        const { p, synAck } = await lab.halfOpened('discard')
        all.push(synAck.segment.seq)
        p.says('R')
      }
      const steps = all.slice(1).map((n, i) => (n - all[i]! + 2 ** 32) % 2 ** 32)
      const isTold = steps.every((n) => n < 2 ** 20) || new Set(steps).size === 1
      holds(!isTold, `six connections to other ports begin at ${all.join(', ')}`)
      throw new NotDecided('nothing is told from six numbers; that nothing can be, numbers do not show')
    },
  },
]
