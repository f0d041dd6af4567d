/** TIME-WAIT. RFC 9293 §3.6.1, §3.10.7.4; RFC 1337; RFC 6191 */
import { before } from '../../../model/index.ts'
import type { Requirement } from '../requirement.ts'
import { Departs, holds, must, NotDecided } from '../verdict.ts'
import { closedByTarget, hearsFin, inTimeWait } from './closing.ts'

/** Before or after the end of TIME-WAIT by so much, ms. */
const MARGIN = 3_000
const TIME = 2_000_000

export const timeWait: readonly Requirement[] = [
  {
    id: 'TIME-WAIT-FIN',
    level: 'RULE',
    says: 'In TIME-WAIT a copy of the FIN is acknowledged again',
    source: 'RFC 9293 §3.10.7.4 eighth',
    needs: ['daytime'],
    decides: async (lab) => {
      const p = await inTimeWait(lab)
      await lab.pauses(lab.times.quiet)
      p.forges('F.', { seq: -1 })
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'MUST-13',
    level: 'MUST',
    says: 'TIME-WAIT lasts 2 MSL; the MSL is the target’s own and given with --msl',
    source: 'RFC 9293 §3.6.1',
    needs: ['daytime'],
    decides: async (lab) => {
      const wait = 2 * lab.times.msl - MARGIN
      lab.lasts(wait + 5_000)
      const p = await inTimeWait(lab)
      await lab.pauses(wait)
      p.forges('F.', { seq: -1 })
      const h = await p.hears()
      holds(h !== undefined, `after ${wait / 1000} s a copy of the FIN has no answer`)
      holds(
        h!.segment.flags === '.',
        `after ${wait / 1000} s a copy of the FIN is answered with ${p.shows(h!.segment)}`,
      )
      return `at least ${wait / 1000} s`
    },
  },
  {
    id: 'TIME-WAIT-RESTART',
    level: 'RULE',
    says: 'A copy of the FIN in TIME-WAIT starts the 2 MSL again',
    source: 'RFC 9293 §3.10.7.4 fifth, eighth',
    needs: ['daytime'],
    decides: async (lab) => {
      const whole = 2 * lab.times.msl
      lab.lasts(whole + 2 * MARGIN + 5_000)
      const [plain, restarted] = [await inTimeWait(lab), await inTimeWait(lab)]
      await lab.pauses(whole - MARGIN)
      restarted.forges('F.', { seq: -1 })
      await lab.pauses(2 * MARGIN)
      for (const p of [plain, restarted]) {
        while (await p.hearsAny(0)) {}
        p.forges('F.', { seq: -1 })
      }
      const [a, b] = [await plain.hears(), await restarted.hears()]
      if (a?.segment.flags === '.')
        throw new NotDecided(`TIME-WAIT lasts longer than ${whole / 1000} s: give the target’s MSL with --msl`)
      holds(b?.segment.flags === '.', `${2 * MARGIN} ms after the copy it is over`)
      return undefined
    },
  },
  {
    id: 'MAY-2',
    level: 'MAY',
    says: 'A SYN with a higher number may open a connection from TIME-WAIT, if its SYN+ACK has a number higher than the last of the old one',
    source: 'RFC 9293 §3.6.1',
    needs: ['daytime'],
    decides: async (lab) => {
      const p = await inTimeWait(lab)
      const last = p.rcv!
      p.says('S', { seq: 70_000, options: { mss: 1460 } })
      for (let h = await p.hears(); h !== undefined; h = await p.hears()) {
        if (h.segment.flags === 'S.') {
          holds(before(last, h.segment.seq), 'the number of the SYN+ACK is not higher than those of the old connection')
          return 'done'
        }
        holds(!h.segment.flags.includes('R'), `the SYN is answered with ${p.shows(h.segment)}`)
      }
      return 'not done: the SYN opens nothing'
    },
  },
  {
    id: 'TIME-WAIT-OLD-SYN',
    level: 'RULE',
    says: 'A SYN in TIME-WAIT with a number that the old connection has used opens nothing: it is answered with an ACK',
    source: 'RFC 9293 §3.10.7.4 first, §3.6.1',
    needs: ['daytime'],
    decides: async (lab) => {
      const p = await inTimeWait(lab)
      p.forges('S', { seq: -3, options: { mss: 1460 } })
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'SHLD-4',
    level: 'SHOULD',
    says: 'With timestamps a SYN whose clock is ahead opens a connection from TIME-WAIT, whatever its number (RFC 6191)',
    source: 'RFC 9293 §3.6.1, RFC 6191 §2',
    needs: ['daytime'],
    decides: async (lab) => {
      const p = await lab.opened('daytime', { options: { mss: 1460, timestamp: { val: TIME } } })
      const echo = must(p.options.timestamp, 'the target does not use timestamps').echo!
      await hearsFin(p)
      await inTimeWait(lab, p)
      p.forges('S', { seq: -2_000, options: { mss: 1460, timestamp: { val: TIME + 5_000, echo } } })
      for (let h = await p.hears(); h !== undefined; h = await p.hears()) if (h.segment.flags === 'S.') return undefined
      throw new Departs('the SYN opens nothing')
    },
  },
  {
    id: 'TIME-WAIT-RST',
    level: 'RULE',
    says: 'A RST at the next number ends TIME-WAIT',
    source: 'RFC 9293 §3.10.7.4 second',
    needs: ['daytime'],
    decides: async (lab) => {
      const p = await inTimeWait(lab)
      p.forges('R')
      await p.silence()
      await p.isGone('the RST')
      return undefined
    },
  },
  {
    id: 'RFC1337',
    level: 'MAY',
    says: 'A RST does not end TIME-WAIT: the cure of RFC 1337 for its assassination, against the letter of RFC 9293',
    source: 'RFC 1337 §3 fix F1',
    needs: ['daytime'],
    decides: async (lab) => {
      const p = await inTimeWait(lab)
      p.forges('R')
      await lab.pauses(lab.times.quiet)
      return (await p.probed()) === 'alive' ? 'done' : 'not done: the RST ends it'
    },
  },
  {
    id: 'TIME-WAIT-OLD-TEXT',
    level: 'RULE',
    says: 'In TIME-WAIT old text is answered with an ACK',
    source: 'RFC 9293 §3.10.7.4 first',
    needs: ['daytime'],
    decides: async (lab) => {
      const p = await closedByTarget(lab)
      const fin = p.rcv!
      await inTimeWait(lab, p)
      p.forges('.', { seq: -1, len: 1 })
      await p.gets({ flags: '.', seq: fin, ack: p.snd })
      return undefined
    },
  },
]
