/** CLOSED and LISTEN. RFC 9293 §3.10.7.1, §3.10.7.2 */
import { add } from '../../../model/index.ts'
import { type Lab, ZERO } from '../lab.ts'
import type { Requirement } from '../requirement.ts'
import { holds } from '../verdict.ts'

const NUMBER = 0x0765_4321

/** `<SEQ=SEG.ACK><CTL=RST>` */
const resetByItsNumber = async (lab: Lab, port: 'closed' | 'discard', flags: '.' | 'S.'): Promise<undefined> => {
  const p = lab.peer(port)
  const s = p.says(flags, { ack: NUMBER })
  await p.gets({ flags: 'R', seq: s.ack!, ack: null })
}

const dropsResets = async (lab: Lab, port: 'closed' | 'discard'): Promise<undefined> => {
  const p = lab.peer(port)
  p.says('R')
  await p.silence()
  p.says('R.', { ack: NUMBER })
  await p.silence()
}

export const closed: readonly Requirement[] = [
  {
    id: 'CLOSED-SYN',
    level: 'RULE',
    says: 'A SYN to a closed port is reset with sequence number 0, and the RST acknowledges the SYN',
    source: 'RFC 9293 §3.10.7.1, §3.5.2 group 1',
    needs: [],
    decides: async (lab) => {
      const p = lab.peer('closed')
      const s = p.says('S')
      await p.gets({ flags: 'R.', seq: ZERO, ack: add(s.seq, 1) })
      return undefined
    },
  },
  {
    id: 'CLOSED-TEXT',
    level: 'RULE',
    says: 'A segment without ACK to a closed port is reset, and the RST acknowledges all that it holds: text, SYN and FIN',
    source: 'RFC 9293 §3.10.7.1',
    needs: [],
    decides: async (lab) => {
      const p = lab.peer('closed')
      const s = p.says('SF', { len: 5 })
      await p.gets({ flags: 'R.', seq: ZERO, ack: add(s.seq, 7) })
      return undefined
    },
  },
  {
    id: 'CLOSED-ACK',
    level: 'RULE',
    says: 'An ACK to a closed port is reset with its own acknowledgment number, and the RST has no ACK',
    source: 'RFC 9293 §3.10.7.1',
    needs: [],
    decides: (lab) => resetByItsNumber(lab, 'closed', '.'),
  },
  {
    id: 'CLOSED-RST',
    level: 'RULE',
    says: 'A RST to a closed port is dropped, with an ACK or without: no RST answers a RST',
    source: 'RFC 9293 §3.10.7.1',
    needs: [],
    decides: (lab) => dropsResets(lab, 'closed'),
  },
  {
    id: 'LISTEN-RST',
    level: 'RULE',
    says: 'A RST to a listening port is dropped',
    source: 'RFC 9293 §3.10.7.2 first',
    needs: ['discard'],
    decides: (lab) => dropsResets(lab, 'discard'),
  },
  {
    id: 'LISTEN-ACK',
    level: 'RULE',
    says: 'An ACK to a listening port is reset with its own acknowledgment number, and the RST has no ACK',
    source: 'RFC 9293 §3.10.7.2 second',
    needs: ['discard'],
    decides: (lab) => resetByItsNumber(lab, 'discard', '.'),
  },
  {
    id: 'LISTEN-SYN-ACK',
    level: 'RULE',
    says: 'A SYN+ACK to a listening port is reset like an ACK, and opens nothing',
    source: 'RFC 9293 §3.10.7.2 second',
    needs: ['discard'],
    decides: (lab) => resetByItsNumber(lab, 'discard', 'S.'),
  },
  {
    id: 'LISTEN-OTHER',
    level: 'RULE',
    says: 'Text or a FIN without SYN, ACK and RST is dropped by a listening port',
    source: 'RFC 9293 §3.10.7.2 fourth',
    needs: ['discard'],
    decides: async (lab) => {
      const p = lab.peer('discard')
      p.says('F')
      await p.silence()
      p.says('', { len: 3 })
      await p.silence()
      return undefined
    },
  },
  {
    id: 'LISTEN-SYN',
    level: 'RULE',
    says: 'A SYN to a listening port is answered with a SYN+ACK that acknowledges it',
    source: 'RFC 9293 §3.10.7.2 third, §3.5 figure 6',
    needs: ['discard'],
    decides: async (lab) => {
      const p = lab.peer('discard')
      const s = p.says('S', { options: { mss: 1460 } })
      await p.gets({ flags: 'S.', ack: add(s.seq, 1), len: 0 })
      p.says('R')
      return undefined
    },
  },
  {
    id: 'MUST-57',
    level: 'MUST',
    says: 'A SYN from a multicast address, or to one or to a broadcast address, is dropped in silence',
    source: 'RFC 9293 §3.9.2.3',
    needs: ['discard'],
    decides: async (lab) => {
      lab.needs('addresses')
      const addresses = [
        { from: '224.0.0.9' },
        { from: '255.255.255.255' },
        { towards: '224.0.0.1' },
        { towards: '255.255.255.255' },
      ]
      for (const o of addresses) {
        const p = lab.peer('discard', o)
        p.says('S', { options: { mss: 1460 } })
        await p.silence()
      }
      return undefined
    },
  },
  {
    id: 'MUST-2',
    level: 'MUST',
    says: 'The target’s segments have the right checksum',
    source: 'RFC 9293 §3.1',
    needs: ['echo'],
    decides: async (lab) => {
      lab.needs('checksums')
      const p = lab.peer('echo')
      p.says('S', { options: { mss: 1460 } })
      const synAck = await p.gets({ flags: 'S.' })
      p.acknowledges()
      p.says('.', { len: 7 })
      const answers = [synAck, await p.hears(), await p.hears(lab.times.quiet)].filter((h) => h !== undefined)
      for (const h of answers) holds(h.checksum === 'right', `the checksum of ${p.shows(h.segment)} is wrong`)
      return undefined
    },
  },
  {
    id: 'MUST-3',
    level: 'MUST',
    says: 'A segment whose checksum is wrong is dropped',
    source: 'RFC 9293 §3.1',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      p.forges('.', { len: 4, corrupt: true })
      await p.silence()
      p.says('.', { len: 4 })
      await p.getsAck()
      return undefined
    },
  },
]
