/** Retransmission, and how long it is tried. RFC 9293 §3.8.1, §3.8.3; RFC 6298 */
import { segmentEnd } from '../../../model/index.ts'
import type { Lab } from '../lab.ts'
import type { Heard } from '../packet.ts'
import type { Peer } from '../peer.ts'
import type { Requirement } from '../requirement.ts'
import { Departs, holds, must, NotDecided } from '../verdict.ts'
import { closedByTarget, hearsFin } from './closing.ts'

/** How long repetitions are waited for, and how many there need be. */
const PATIENCE = 22_000
const ENOUGH = 6
/** The second of two intervals is at least so many times the first where timers back off; they have ticks of their own. */
const GROWTH = 1.5

/** When the same segment comes again, ms after it came first. */
const repetitions = async (lab: Lab, p: Peer, first: Heard, most = ENOUGH): Promise<number[]> => {
  const began = lab.target.now()
  const times: number[] = []
  while (times.length < most) {
    const h = await p.hearsAny(began + PATIENCE - lab.target.now())
    if (h === undefined) break
    if (h.segment.flags.includes('R')) throw new Departs(`${p.shows(h.segment)} is heard where a repetition is due`)
    const { flags, seq, len } = h.segment
    if (seq === first.segment.seq && flags === first.segment.flags && len === first.segment.len)
      times.push(lab.target.now() - began)
  }
  return times
}

/** Where the FIN ends: text may come with it again. */
const endOf = ({ segment }: Heard): number => segmentEnd(segment)

const seconds = (times: readonly number[]): string => times.map((ms) => (ms / 1000).toFixed(1)).join(', ')

const repeated = (times: readonly number[], what: string): string => {
  if (times.length === 0) throw new Departs(`${what} does not come again within ${PATIENCE / 1000} s`)
  return `again after ${seconds(times)} s`
}

/** The last two intervals are compared: before them there may be probes, and tries that are alike. */
const backsOff = (times: readonly number[], what: string): string => {
  must(times.length >= 2 ? times : undefined, `${what} comes again ${times.length} times within ${PATIENCE / 1000} s`)
  const gaps = times.map((t, i) => t - (times[i - 1] ?? 0))
  const [a, b] = gaps.slice(-2) as [number, number]
  holds(b >= GROWTH * a, `${what} comes again after ${seconds(times)} s: the intervals do not grow`)
  return `again after ${seconds(times)} s`
}

const unacknowledgedText = async (lab: Lab): Promise<{ readonly p: Peer; readonly text: Heard }> => {
  const p = await lab.opened('echo')
  p.says('.', { len: 30 })
  for (let h = await p.hears(); h !== undefined; h = await p.hears()) if (h.segment.len > 0) return { p, text: h }
  throw new Departs('the echo does not come')
}

export const timers: readonly Requirement[] = [
  {
    id: 'SYN-ACK-AGAIN',
    level: 'RULE',
    says: 'A SYN+ACK that is not acknowledged comes again',
    source: 'RFC 9293 §3.8.1, §3.10.8',
    needs: ['discard'],
    decides: async (lab) => {
      lab.lasts(PATIENCE)
      const { p, synAck } = await lab.halfOpened('discard')
      const note = repeated(await repetitions(lab, p, synAck, 2), 'the SYN+ACK')
      p.forges('R')
      return note
    },
  },
  {
    id: 'TEXT-AGAIN',
    level: 'RULE',
    says: 'Text that is not acknowledged comes again, from its first number',
    source: 'RFC 9293 §3.8.1, §3.10.8',
    needs: ['echo'],
    decides: async (lab) => {
      lab.lasts(PATIENCE)
      const { p, text } = await unacknowledgedText(lab)
      return repeated(await repetitions(lab, p, text, 1), 'the text')
    },
  },
  {
    id: 'FIN-AGAIN',
    level: 'RULE',
    says: 'A FIN that is not acknowledged comes again',
    source: 'RFC 9293 §3.8.1, §3.10.8',
    needs: ['discard'],
    decides: async (lab) => {
      lab.lasts(PATIENCE)
      const p = await lab.opened('discard')
      p.says('F.')
      const fin = await hearsFin(p)
      const began = lab.target.now()
      for (let h = await p.hearsAny(PATIENCE); h !== undefined; h = await p.hearsAny(PATIENCE))
        if (h.segment.flags.includes('F') && endOf(h) === endOf(fin))
          return `again after ${seconds([lab.target.now() - began])} s`
      throw new Departs(`the FIN does not come again within ${PATIENCE / 1000} s`)
    },
  },
  {
    id: 'LOST-ACK-OF-FIN',
    level: 'RULE',
    says: 'Text and FIN that are not acknowledged come again after CLOSE, too: what was sent is delivered',
    source: 'RFC 9293 §3.6 case 1, §3.8.1',
    needs: ['daytime'],
    decides: async (lab) => {
      lab.lasts(PATIENCE)
      const p = await closedByTarget(lab)
      const h = await p.hearsAny(PATIENCE)
      holds(h !== undefined, `nothing comes again within ${PATIENCE / 1000} s`)
      return undefined
    },
  },
  {
    id: 'SYN-AGAIN',
    level: 'RULE',
    says: 'A SYN that is not answered comes again',
    source: 'RFC 9293 §3.8.1, §3.10.8',
    needs: ['dial'],
    decides: async (lab) => {
      lab.lasts(PATIENCE)
      const { p, syn } = await lab.called()
      return repeated(await repetitions(lab, p, syn, 1), 'the SYN')
    },
  },
  {
    id: 'MUST-19',
    level: 'MUST',
    says: 'The intervals between repetitions of text grow (of MUST-19 only this: congestion control is left out)',
    source: 'RFC 9293 §3.8.1, §3.8.2; RFC 6298 §5.5',
    needs: ['echo'],
    decides: async (lab) => {
      lab.lasts(PATIENCE)
      const { p, text } = await unacknowledgedText(lab)
      return backsOff(await repetitions(lab, p, text), 'the text')
    },
  },
  {
    id: 'MUST-19-SYN-ACK',
    level: 'MUST',
    says: 'The intervals between repetitions of the SYN+ACK grow',
    source: 'RFC 9293 §3.8.1; RFC 6298 §5.5',
    needs: ['discard'],
    decides: async (lab) => {
      lab.lasts(PATIENCE)
      const { p, synAck } = await lab.halfOpened('discard')
      const note = backsOff(await repetitions(lab, p, synAck), 'the SYN+ACK')
      p.forges('R')
      return note
    },
  },
  {
    id: 'MUST-22',
    level: 'MUST',
    says: 'A SYN is repeated as text is: the intervals grow',
    source: 'RFC 9293 §3.8.3 (e)',
    needs: ['dial'],
    decides: async (lab) => {
      lab.lasts(PATIENCE)
      const { p, syn } = await lab.called()
      return backsOff(await repetitions(lab, p, syn, 100), 'the SYN')
    },
  },
  {
    id: 'MUST-23',
    level: 'MUST',
    says: 'A SYN is tried for at least 3 minutes: a SYN+ACK that comes then still opens the connection',
    source: 'RFC 9293 §3.8.3 (e)',
    needs: ['dial'],
    decides: async (lab) => {
      lab.lasts(185_000)
      const { p } = await lab.called()
      await lab.pauses(179_000)
      while (await p.hearsAny(0)) {}
      p.says('S.', { options: { mss: 1460 } })
      const h = await p.hears()
      holds(h?.segment.flags === '.', `after 179 s the SYN+ACK is answered with ${h ? p.shows(h.segment) : 'nothing'}`)
      return undefined
    },
  },
  {
    id: 'SHLD-11',
    level: 'SHOULD',
    says: 'Text is tried for at least 100 seconds before the connection is given up',
    source: 'RFC 9293 §3.8.3 (d)',
    needs: ['echo'],
    decides: async (lab) => {
      lab.lasts(110_000)
      const { p } = await unacknowledgedText(lab)
      await lab.pauses(100_000)
      while (await p.hearsAny(0)) {}
      await p.isAlive('100 s without an ACK')
      return undefined
    },
  },
  {
    id: 'MUST-20',
    level: 'MUST',
    says: 'Text is not tried for ever: the connection is given up (R2; 20 minutes are waited)',
    source: 'RFC 9293 §3.8.3 (c)',
    needs: ['echo'],
    decides: async (lab) => {
      lab.lasts(1_210_000)
      const { p } = await unacknowledgedText(lab)
      await lab.pauses(1_200_000)
      while (await p.hearsAny(0)) {}
      if ((await p.probed()) !== 'gone') throw new NotDecided('after 20 minutes it is not given up yet')
      return undefined
    },
  },
]
