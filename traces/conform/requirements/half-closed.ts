import type { Requirement } from '../requirement.ts'
import { Departs, holds, NotDecided } from '../verdict.ts'
import { closedByTarget, hearsFin } from './closing.ts'

export const halfClosed: readonly Requirement[] = [
  {
    id: 'FIN-WAIT-2-TEXT',
    level: 'RULE',
    says: 'With its own half closed the target receives: text is acknowledged in FIN-WAIT-2, and the FIN after it',
    source: 'RFC 9293 §3.6, §3.10.7.4 seventh',
    needs: ['half'],
    decides: async (lab) => {
      const p = await lab.opened('half')
      await hearsFin(p)
      p.acknowledges()
      p.says('.', { len: 7 })
      await p.getsAck()
      p.says('F.')
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'FIN-WAIT-1-TEXT',
    level: 'RULE',
    says: 'With its FIN not yet acknowledged the target receives: text is acknowledged in FIN-WAIT-1',
    source: 'RFC 9293 §3.10.7.4 seventh',
    needs: ['half'],
    decides: async (lab) => {
      const p = await lab.opened('half')
      await hearsFin(p)
      p.says('.', { ack: -1, len: 7 })
      await p.isAcknowledged('the text')
      return undefined
    },
  },
  {
    id: 'CLOSE-WAIT-RST',
    level: 'RULE',
    says: 'In CLOSE-WAIT a RST at the next number ends the connection',
    source: 'RFC 9293 §3.10.7.4 second',
    needs: ['hold'],
    decides: async (lab) => {
      const p = await lab.opened('hold')
      p.says('F.')
      await p.getsAck()
      p.forges('R')
      await p.silence()
      await p.isGone('the RST')
      return undefined
    },
  },
  {
    id: 'FIN-WAIT-RST',
    level: 'RULE',
    says: 'In FIN-WAIT-2 a RST at the next number ends the connection',
    source: 'RFC 9293 §3.10.7.4 second',
    needs: ['half'],
    decides: async (lab) => {
      const p = await lab.opened('half')
      await hearsFin(p)
      p.acknowledges()
      p.forges('R')
      await p.silence()
      await p.isGone('the RST')
      return undefined
    },
  },
  {
    id: 'SHLD-3',
    level: 'SHOULD',
    says: 'Text that comes after CLOSE is reset: its loss is shown',
    source: 'RFC 9293 §3.6.1',
    needs: ['daytime'],
    decides: async (lab) => {
      const p = await closedByTarget(lab)
      p.acknowledges()
      p.says('.', { len: 8 })
      const h = await p.hears()
      holds(h?.segment.flags.startsWith('R') === true, `it is answered with ${h ? p.shows(h.segment) : 'nothing'}`)
      return undefined
    },
  },
  {
    id: 'SHLD-3-UNREAD',
    level: 'SHOULD',
    says: 'CLOSE with text that was not read sends a RST: its loss is shown (where an application that has closed cannot read: MAY-1)',
    source: 'RFC 9293 §3.6.1, RFC 2525 §2.17',
    needs: ['unread'],
    decides: async (lab) => {
      const p = await lab.opened('unread')
      p.says('.', { len: 8 })
      for (let h = await p.hears(); h !== undefined; h = await p.hears()) {
        if (h.segment.flags.startsWith('R')) return undefined
        if (h.segment.flags.includes('F'))
          throw new NotDecided('a FIN comes: whether its application could still read is not seen from here')
      }
      throw new Departs('no RST comes')
    },
  },
  {
    id: 'ABORT',
    level: 'RULE',
    says: 'ABORT sends a RST with the next number',
    source: 'RFC 9293 §3.10.5',
    needs: ['abort'],
    decides: async (lab) => {
      const p = await lab.opened('abort')
      const next = p.rcv!
      p.says('.', { len: 8 })
      for (let h = await p.hears(); h !== undefined; h = await p.hears()) {
        if (!h.segment.flags.startsWith('R')) continue
        holds(h.segment.seq === next, `the RST is ${p.shows(h.segment)}`)
        await p.isGone('the ABORT')
        return undefined
      }
      throw new Departs('no RST comes')
    },
  },
]
