/** FINs in every order, half-close, aborts. RFC 9293 §3.6, §3.10.4, §3.10.5, §3.10.7.4 */
import { add } from '../../../model/index.ts'
import type { Lab } from '../lab.ts'
import type { Heard } from '../packet.ts'
import type { Peer } from '../peer.ts'
import type { Requirement } from '../requirement.ts'
import { holds, must } from '../verdict.ts'

/** Hears the target's segments until its FIN; what is in them is not acknowledged yet. */
const fin = async (p: Peer): Promise<Heard | undefined> => {
  for (let h = await p.hears(); h !== undefined; h = await p.hears()) if (h.segment.flags.includes('F')) return h
  return undefined
}

/** @throws NotDecided where no FIN comes: what a script is about begins with it */
export const hearsFin = async (p: Peer): Promise<Heard> => must(await fin(p), 'no FIN comes')

/** @throws Departs where no FIN comes */
const closes = async (p: Peer): Promise<void> => holds((await fin(p)) !== undefined, 'no FIN comes')

/** The target has closed, and its FIN is here. */
export const closedByTarget = async (lab: Lab): Promise<Peer> => {
  const p = await lab.opened('daytime')
  await hearsFin(p)
  return p
}

/** TIME-WAIT of the target, by FIN, ACK and FIN. */
export const inTimeWait = async (lab: Lab, p?: Peer): Promise<Peer> => {
  const q = p ?? (await closedByTarget(lab))
  q.acknowledges()
  q.says('F.')
  const h = await q.hears()
  must(h?.segment.ack === q.snd ? h : undefined, 'the FIN after that of the target is not acknowledged')
  return q
}

/** The FIN again: what answers it. */
const repeatsFin = (p: Peer): void => {
  p.forges('F.', { seq: -1 })
}

export const closing: readonly Requirement[] = [
  {
    id: 'FIN-ACKNOWLEDGED',
    level: 'RULE',
    says: 'A FIN is acknowledged like a byte: CLOSE-WAIT',
    source: 'RFC 9293 §3.10.7.4 eighth, figure 12',
    needs: ['hold'],
    decides: async (lab) => {
      const p = await lab.opened('hold')
      p.says('F.')
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'FIN-WITH-TEXT',
    level: 'RULE',
    says: 'Text and the FIN behind it are taken from one segment',
    source: 'RFC 9293 §3.10.7.4 seventh, eighth',
    needs: ['hold'],
    decides: async (lab) => {
      const p = await lab.opened('hold')
      p.says('F.', { len: 6 })
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'FIN-AHEAD',
    level: 'RULE',
    says: 'A FIN ahead of a gap does not count until the gap is filled',
    source: 'RFC 9293 §3.10.7.4 first, eighth',
    needs: ['hold'],
    decides: async (lab) => {
      const p = await lab.opened('hold')
      p.forges('F.', { seq: 6 })
      const h = await p.hears(lab.times.quiet)
      holds(h === undefined || h.segment.ack === p.snd, 'the FIN is acknowledged before the text')
      p.says('.', { len: 6 })
      const ack = await p.hears()
      if (ack?.segment.ack === p.snd) p.says('F.')
      else p.snd = add(p.snd, 1)
      holds(ack?.segment.ack !== undefined, 'text that fills the gap is not acknowledged')
      if (ack!.segment.ack !== p.snd) await p.getsAck()
      return undefined
    },
  },
  {
    id: 'CLOSE-WAIT-FIN',
    level: 'RULE',
    says: 'In CLOSE-WAIT a copy of the FIN is acknowledged again',
    source: 'RFC 9293 §3.10.7.4 eighth',
    needs: ['hold'],
    decides: async (lab) => {
      const p = await lab.opened('hold')
      p.says('F.')
      await p.getsAck()
      repeatsFin(p)
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'CLOSE-WAIT-SENDS',
    level: 'RULE',
    says: 'The directions close independently: in CLOSE-WAIT the target can send',
    source: 'RFC 9293 §3.6, §3.6.1',
    needs: ['echo'],
    decides: async (lab) => {
      const p = await lab.opened('echo')
      p.says('F.', { len: 9 })
      let text = 0
      for (let h = await p.hears(); h !== undefined; h = await p.hears()) {
        text += h.segment.len
        if (h.segment.flags.includes('F')) break
      }
      holds(text === 9, `after the FIN ${text} of 9 bytes come back`)
      return undefined
    },
  },
  {
    id: 'PASSIVE-CLOSE',
    level: 'RULE',
    says: 'CLOSE in CLOSE-WAIT sends a FIN, and its ACK ends the connection: LAST-ACK, CLOSED',
    source: 'RFC 9293 §3.6 case 2, figure 12',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      p.says('F.')
      await closes(p)
      p.acknowledges()
      await p.settles()
      await p.isGone('the ACK of its FIN')
      return undefined
    },
  },
  {
    id: 'LAST-ACK-FIN',
    level: 'RULE',
    says: 'In LAST-ACK a copy of the FIN is acknowledged again',
    source: 'RFC 9293 §3.10.7.4 eighth',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      p.says('F.')
      await hearsFin(p)
      p.forges('F.', { seq: -1, ack: -1 })
      await p.isAcknowledged('the copy of the FIN')
      return undefined
    },
  },
  {
    id: 'ACTIVE-CLOSE',
    level: 'RULE',
    says: 'CLOSE sends what is left, then a FIN; after the ACK and the FIN of its peer the target acknowledges, and waits in TIME-WAIT',
    source: 'RFC 9293 §3.6 case 1, figure 12',
    needs: ['daytime'],
    decides: async (lab) => {
      const p = await lab.opened('daytime')
      await closes(p)
      p.acknowledges()
      await p.silence()
      p.says('F.')
      await p.getsAck()
      repeatsFin(p)
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'FIN-WITH-ACK-OF-FIN',
    level: 'RULE',
    says: 'A FIN that acknowledges the target’s own leads from FIN-WAIT-1 to TIME-WAIT',
    source: 'RFC 9293 §3.10.7.4 eighth',
    needs: ['daytime'],
    decides: async (lab) => {
      const p = await closedByTarget(lab)
      p.says('F.')
      await p.getsAck()
      repeatsFin(p)
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'SIMULTANEOUS-CLOSE',
    level: 'RULE',
    says: 'FINs may cross: CLOSING acknowledges the FIN, and the ACK of its own leads to TIME-WAIT',
    source: 'RFC 9293 §3.6 figure 13',
    needs: ['daytime'],
    decides: async (lab) => {
      const p = await closedByTarget(lab)
      p.says('F.', { ack: -1 })
      await p.isAcknowledged('the FIN that crosses')
      p.acknowledges()
      await p.silence()
      repeatsFin(p)
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'CLOSING-FIN',
    level: 'RULE',
    says: 'In CLOSING a copy of the FIN is acknowledged again, and the connection waits for the ACK of its own',
    source: 'RFC 9293 §3.10.7.4 eighth',
    needs: ['daytime'],
    decides: async (lab) => {
      const p = await closedByTarget(lab)
      p.says('F.', { ack: -1 })
      await p.isAcknowledged('the FIN that crosses')
      await p.settles()
      p.forges('F.', { seq: -1, ack: -1 })
      await p.isAcknowledged('the copy of the FIN')
      return undefined
    },
  },
]
