import type { Requirement } from '../requirement.ts'

/** More than any window without a scale. */
const FAR = 300_000

export const intrusion: readonly Requirement[] = [
  {
    id: 'RST-EXACT',
    level: 'MUST',
    says: 'A RST at the next expected number ends the connection without a word',
    source: 'RFC 9293 §3.10.7.4 second, RFC 5961 §3.2',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      p.forges('R')
      await p.silence()
      await p.isGone('the RST')
      return undefined
    },
  },
  {
    id: 'SHLD-2',
    level: 'SHOULD',
    says: 'A RST may have text: it counts all the same',
    source: 'RFC 9293 §3.5.3',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      p.forges('R.', { len: 12 })
      await p.silence()
      await p.isGone('the RST')
      return undefined
    },
  },
  {
    id: 'RFC5961-3.2-IN-WINDOW',
    level: 'SHOULD',
    says: 'A RST in the window, but not at the next number, is answered with a challenge ACK and ends nothing',
    source: 'RFC 5961 §3.2, RFC 9293 §3.10.7.4 second',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      p.forges('R', { seq: 5 })
      await p.getsAck()
      await p.isAlive('the RST')
      return undefined
    },
  },
  {
    id: 'RST-OUT-OF-WINDOW',
    level: 'RULE',
    says: 'A RST out of the window is dropped: it has no answer and ends nothing',
    source: 'RFC 9293 §3.10.7.4 first, RFC 5961 §3.2',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      p.forges('R', { seq: FAR })
      await p.silence()
      p.says('.', { len: 5 })
      await p.getsAck()
      p.forges('R', { seq: -3 })
      await p.silence()
      await p.isAlive('the RST')
      return undefined
    },
  },
  {
    id: 'RFC5961-4.2-IN-WINDOW',
    level: 'SHOULD',
    says: 'A SYN in the window of a connection is answered with a challenge ACK and ends nothing',
    source: 'RFC 5961 §4.2, RFC 9293 §3.10.7.4 fourth',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      p.forges('S', { seq: 5, options: { mss: 1460 } })
      await p.getsAck()
      await p.isAlive('the SYN')
      return undefined
    },
  },
  {
    id: 'RFC5961-4.2-OUT-OF-WINDOW',
    level: 'RULE',
    says: 'A SYN out of the window of a connection is answered with an ACK: the half-open connection of an end that has forgotten is found so',
    source: 'RFC 9293 §3.5.1 figure 9, §3.10.7.4 first; RFC 5961 §4.2',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      p.forges('S', { seq: FAR, options: { mss: 1460 } })
      await p.getsAck()
      p.forges('R')
      await p.silence()
      await p.isGone('the RST that answers the ACK')
      return undefined
    },
  },
  {
    id: 'RFC5961-4.2-SYN-ACK',
    level: 'SHOULD',
    says: 'A SYN+ACK in a connection that is open is answered with a challenge ACK and ends nothing',
    source: 'RFC 5961 §4.2, RFC 9293 §3.10.7.4 fourth',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      p.forges('S.', { seq: 5 })
      await p.getsAck()
      await p.isAlive('the SYN+ACK')
      return undefined
    },
  },
]
