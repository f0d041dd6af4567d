/** Options. RFC 9293 §3.2, §3.7.1; RFC 7323 */
import type { Options } from '../../../model/index.ts'
import type { Lab } from '../lab.ts'
import type { Heard } from '../packet.ts'
import type { Requirement } from '../requirement.ts'
import { holds, must, NotDecided } from '../verdict.ts'

/** The longest of some segments that chargen sends where the SYN has such options. */
const longest = async (
  lab: Lab,
  o: { readonly options?: Options; readonly raw?: readonly number[] },
): Promise<number> => {
  const p = lab.peer('chargen')
  p.says('S', o)
  const h = await p.hears()
  must(h?.segment.flags === 'S.' ? h : undefined, 'no connection is opened')
  p.acknowledges()
  let most = 0
  for (let i = 0; i < 6; i++) {
    const text = await p.hears()
    if (text === undefined) break
    most = Math.max(most, text.segment.len)
    p.acknowledges()
  }
  p.says('R')
  if (most === 0) throw new NotDecided('chargen sends nothing')
  return most
}

const synAckTo = async (
  lab: Lab,
  o: { readonly options?: Options; readonly raw?: readonly number[] },
): Promise<Heard> => {
  const p = lab.peer('discard')
  p.says('S', o)
  const h = await p.gets({ flags: 'S.' })
  p.says('R')
  return h
}

/** NOP, then the option at an odd place, an unknown option, the end of the list, and padding. */
const UNALIGNED = [1, 2, 4, 0, 200, 253, 3, 0, 1, 0, 0, 0]
const UNKNOWN = [253, 4, 0, 0]
const TIME = 1_000_000

export const options: readonly Requirement[] = [
  {
    id: 'SHLD-5',
    level: 'SHOULD',
    says: 'A SYN+ACK tells the MSS',
    source: 'RFC 9293 §3.7.1',
    needs: ['discard'],
    decides: async (lab) => {
      const { segment } = await synAckTo(lab, { options: { mss: 1460 } })
      holds(segment.options?.mss !== undefined, 'the SYN+ACK has no MSS option')
      return `MSS ${segment.options?.mss}`
    },
  },
  {
    id: 'MUST-14',
    level: 'MUST',
    says: 'The MSS of the peer’s SYN is respected: no segment has more text',
    source: 'RFC 9293 §3.7.1',
    needs: ['chargen'],
    decides: async (lab) => {
      const most = await longest(lab, { options: { mss: 300 } })
      holds(most <= 300, `with an MSS of 300 a segment has ${most} bytes of text`)
      return undefined
    },
  },
  {
    id: 'MUST-15',
    level: 'MUST',
    says: 'Where the peer tells no MSS it is 536',
    source: 'RFC 9293 §3.7.1',
    needs: ['chargen'],
    decides: async (lab) => {
      const most = await longest(lab, { options: {} })
      holds(most <= 536, `without an MSS a segment has ${most} bytes of text`)
      return undefined
    },
  },
  {
    id: 'MUST-64',
    level: 'MUST',
    says: 'Options are read wherever they begin: an MSS after a NOP counts (with MUST-4: end of list, NOP and MSS are known)',
    source: 'RFC 9293 §3.1, §3.2',
    needs: ['chargen'],
    decides: async (lab) => {
      const most = await longest(lab, { raw: UNALIGNED })
      holds(most <= 200, `with an MSS of 200 after a NOP a segment has ${most} bytes of text`)
      return undefined
    },
  },
  {
    id: 'MUST-5',
    level: 'MUST',
    says: 'Options may come in any segment: text with NOPs before it is taken',
    source: 'RFC 9293 §3.2',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard')
      p.says('.', { len: 4, raw: [1, 1, 1, 0] })
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'MUST-6',
    level: 'MUST',
    says: 'Unknown options are ignored, in a SYN and in text',
    source: 'RFC 9293 §3.2',
    needs: ['discard'],
    decides: async (lab) => {
      const p = lab.peer('discard')
      p.says('S', { raw: UNKNOWN })
      await p.gets({ flags: 'S.', ack: p.snd })
      p.acknowledges()
      p.says('.', { len: 4, raw: UNKNOWN })
      await p.getsAck()
      return undefined
    },
  },
  {
    id: 'MUST-7',
    level: 'MUST',
    says: 'An option of impossible length does no harm: the target goes on, and opens the next connection',
    source: 'RFC 9293 §3.2',
    needs: ['discard'],
    decides: async (lab) => {
      for (const raw of [
        [253, 0, 0, 0],
        [2, 1, 0, 0],
        [253, 40, 0, 0],
        [2, 4, 0, 0],
        [1, 1, 1, 2],
      ]) {
        const p = lab.peer('discard')
        p.says('S', { raw })
        await p.hears(lab.times.quiet)
        p.says('R')
      }
      await synAckTo(lab, { options: { mss: 1460 } })
      return undefined
    },
  },
  {
    id: 'MUST-65',
    level: 'MUST',
    says: 'Only segments with a SYN tell an MSS',
    source: 'RFC 9293 §3.1',
    needs: ['echo'],
    decides: async (lab) => {
      const p = await lab.opened('echo')
      p.says('.', { len: 4 })
      for (let h = await p.hears(); h !== undefined; h = await p.hears(lab.times.quiet))
        holds(h.segment.options?.mss === undefined, `${p.shows(h.segment)} has an MSS option`)
      return undefined
    },
  },
  {
    id: 'RFC7323-2.2',
    level: 'MUST',
    says: 'A SYN+ACK has a window scale only where the SYN has one',
    source: 'RFC 7323 §2.2',
    needs: ['discard'],
    decides: async (lab) => {
      const { segment } = await synAckTo(lab, { options: { mss: 1460 } })
      holds(segment.options?.windowScale === undefined, 'the SYN has no window scale, and the SYN+ACK has one')
      return undefined
    },
  },
  {
    id: 'RFC7323-3.2-SYN',
    level: 'MUST',
    says: 'A SYN+ACK has a timestamp only where the SYN has one, and later segments have none either',
    source: 'RFC 7323 §3.2',
    needs: ['echo'],
    decides: async (lab) => {
      const p = await lab.opened('echo')
      p.says('.', { len: 4 })
      for (let h = await p.hears(); h !== undefined; h = await p.hears(lab.times.quiet))
        holds(h.segment.options?.timestamp === undefined, `${p.shows(h.segment)} has a timestamp`)
      const { segment } = await synAckTo(lab, { options: { mss: 1460 } })
      holds(segment.options?.timestamp === undefined, 'the SYN has no timestamp, and the SYN+ACK has one')
      return undefined
    },
  },
  {
    id: 'RFC7323-3.2',
    level: 'MUST',
    says: 'Once both SYNs had timestamps, every segment has one that echoes the peer’s latest in sequence; a RST need not',
    source: 'RFC 7323 §3.2',
    needs: ['echo'],
    decides: async (lab) => {
      const p = await lab.opened('echo', { options: { mss: 1460, timestamp: { val: TIME } } })
      must(p.options.timestamp, 'the target does not use timestamps')
      p.options = { timestamp: { val: TIME + 5, echo: p.options.timestamp!.echo! } }
      p.says('.', { len: 4 })
      for (let h = await p.hears(); h !== undefined; h = await p.hears(lab.times.quiet)) {
        const { timestamp } = h.segment.options ?? {}
        holds(timestamp !== undefined, `${p.shows(h.segment)} has no timestamp`)
        holds(timestamp!.echo === TIME + 5, `${p.shows(h.segment)} echoes ${timestamp!.echo}, not ${TIME + 5}`)
      }
      return undefined
    },
  },
  {
    id: 'RFC7323-5.3',
    level: 'RULE',
    says: 'PAWS: text whose timestamp is older than the latest is acknowledged and dropped',
    source: 'RFC 7323 §5.3 R1',
    needs: ['discard'],
    decides: async (lab) => {
      const p = await lab.opened('discard', { options: { mss: 1460, timestamp: { val: TIME } } })
      const echo = must(p.options.timestamp, 'the target does not use timestamps').echo!
      p.says('.', { len: 4 })
      await p.getsAck()
      p.forges('.', { len: 4, options: { timestamp: { val: TIME - 60_000, echo } } })
      await p.getsAck()
      p.says('.', { len: 4 })
      await p.getsAck()
      return undefined
    },
  },
]
