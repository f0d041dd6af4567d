/** Windows that shut, of the peer and of the target. RFC 9293 §3.8.6 */
import { add, before, type Seq, seq } from '../../../model/index.ts'
import type { Lab } from '../lab.ts'
import type { Peer } from '../peer.ts'
import type { Requirement } from '../requirement.ts'
import { Departs, holds, must, NotDecided } from '../verdict.ts'

const PATIENCE = 12_000
const LONG = 22_000
const SEGMENT = 1_000

/** Text comes, and our window is shut behind it. */
const shut = async (lab: Lab): Promise<Peer> => {
  lab.needs('windows')
  const p = await lab.opened('chargen', { window: 3_000 })
  must(await p.hears(), 'chargen sends nothing')
  p.window = 0
  for (let h: unknown = true; h !== undefined; h = await p.hears(lab.times.quiet)) p.acknowledges()
  return p
}

/** When probes come, each answered: the window is still shut. */
const probes = async (lab: Lab, p: Peer, most: number, patience: number): Promise<number[]> => {
  const began = lab.target.now()
  const times: number[] = []
  while (times.length < most) {
    const h = await p.hearsAny(began + patience - lab.target.now())
    if (h === undefined) break
    if (h.segment.flags.includes('R')) throw new Departs(`${p.shows(h.segment)} is heard while the window is shut`)
    times.push(lab.target.now() - began)
    p.forges('.', { ack: p.rcv === undefined ? 0 : -h.segment.len })
  }
  return times
}

/** Fills the window of a service that does not read; how the right edge moved. */
const filled = async (lab: Lab): Promise<{ readonly p: Peer; readonly shrank: string | undefined }> => {
  lab.needs('windows')
  const p = lab.peer('hold')
  p.says('S', { options: { mss: 1460 } })
  const synAck = must(await p.hears(), 'no connection is opened')
  p.acknowledges()
  let edge: Seq = add(p.snd, synAck.segment.flags === 'S.' ? synAck.window : 0)
  let shrank: string | undefined
  for (let i = 0; i < 4_000; i++) {
    let room = ((edge - p.snd) >>> 0) | 0
    if (room <= 0) break
    for (; room > 0; room = ((edge - p.snd) >>> 0) | 0) p.says('.', { len: Math.min(room, SEGMENT) })
    for (let h = await p.hears(); h !== undefined; h = await p.hears(lab.times.quiet)) {
      const next = add(h.segment.ack ?? p.snd, h.window)
      if (before(next, edge))
        shrank ??= `the window ends ${(edge - next) >>> 0} bytes earlier than it had: ${p.shows(h.segment)}`
      else edge = next
      if (h.segment.ack === p.snd) break
    }
  }
  await p.settles()
  p.forges('.', { len: 1 })
  const h = await p.hears()
  if (h?.segment.ack !== p.snd || h.window !== 0)
    throw new NotDecided('the window of a service that does not read is not shut')
  return { p, shrank }
}

export const windows: readonly Requirement[] = [
  {
    id: 'MUST-36',
    level: 'MUST',
    says: 'A window that is shut is probed',
    source: 'RFC 9293 §3.8.6.1',
    needs: ['chargen'],
    decides: async (lab) => {
      lab.lasts(PATIENCE)
      const p = await shut(lab)
      const [first] = await probes(lab, p, 1, PATIENCE)
      holds(first !== undefined, `no probe comes within ${PATIENCE / 1000} s`)
      return `after ${((first ?? 0) / 1000).toFixed(1)} s`
    },
  },
  {
    id: 'SHLD-30',
    level: 'SHOULD',
    says: 'The intervals between probes grow',
    source: 'RFC 9293 §3.8.6.1',
    needs: ['chargen'],
    decides: async (lab) => {
      lab.lasts(LONG)
      const p = await shut(lab)
      const times = await probes(lab, p, 5, LONG)
      must(times.length >= 3 ? times : undefined, `${times.length} probes come within ${LONG / 1000} s`)
      const gaps = times.slice(1).map((t, i) => t - times[i]!)
      const all = times.map((t) => (t / 1000).toFixed(1)).join(', ')
      holds(gaps.at(-1)! >= 1.5 * gaps[0]!, `probes come after ${all} s: the intervals do not grow`)
      return `after ${all} s`
    },
  },
  {
    id: 'MUST-37',
    level: 'MUST',
    says: 'While probes are answered the connection stays, and once the window opens text comes',
    source: 'RFC 9293 §3.8.6.1',
    needs: ['chargen'],
    decides: async (lab) => {
      lab.lasts(LONG + PATIENCE)
      const p = await shut(lab)
      await probes(lab, p, 1_000, LONG)
      p.window = 20_000
      p.acknowledges()
      for (let h = await p.hearsAny(PATIENCE); h !== undefined; h = await p.hearsAny(PATIENCE))
        if (h.segment.len > 1) return undefined
      throw new Departs('the window is open again, and no text comes')
    },
  },
  {
    id: 'MUST-1',
    level: 'MUST',
    says: 'The window is an unsigned number: one of 65535 is open',
    source: 'RFC 9293 §3.1',
    needs: ['chargen'],
    decides: async (lab) => {
      lab.needs('windows')
      const p = await lab.opened('chargen', { window: 65_535 })
      const h = await p.hears()
      holds(h !== undefined && h.segment.len > 1, 'no text comes')
      return undefined
    },
  },
  {
    id: 'SMALL-WINDOW',
    level: 'RULE',
    says: 'No text is sent beyond the peer’s window',
    source: 'RFC 9293 §3.4, §3.8.6',
    needs: ['chargen'],
    decides: async (lab) => {
      lab.needs('windows')
      const p = await lab.opened('chargen', { window: 700 })
      const edge = add(p.rcv!, 700)
      for (let h = await p.hears(); h !== undefined; h = await p.hears(lab.times.quiet))
        holds(!before(edge, seq(h.segment.seq + h.segment.len)), `${p.shows(h.segment)} goes beyond a window of 700`)
      return undefined
    },
  },
  {
    id: 'MUST-34',
    level: 'MUST',
    says: 'A window that shrinks does no harm: the connection goes on when it opens again',
    source: 'RFC 9293 §3.8.6',
    needs: ['chargen'],
    decides: async (lab) => {
      lab.lasts(LONG)
      lab.needs('windows')
      const p = await lab.opened('chargen', { window: 4_000 })
      const first = must(await p.hears(), 'chargen sends nothing')
      await p.settles()
      p.window = 10
      p.forges('.', { ack: -((p.rcv! - first.segment.seq) >>> 0) })
      await lab.pauses(1_000)
      p.window = 20_000
      p.acknowledges()
      const next = p.rcv!
      for (let h = await p.hearsAny(PATIENCE); h !== undefined; h = await p.hearsAny(PATIENCE))
        if (!before(h.segment.seq, next) && h.segment.len > 0) return undefined
      throw new Departs('no text comes after that')
    },
  },
  {
    id: 'SHLD-14',
    level: 'SHOULD',
    says: 'The window’s right edge is not taken back',
    source: 'RFC 9293 §3.8.6',
    needs: ['hold'],
    decides: async (lab) => {
      const { shrank } = await filled(lab)
      holds(shrank === undefined, shrank ?? '')
      return undefined
    },
  },
  {
    id: 'ZERO-WINDOW-ACK',
    level: 'RULE',
    says: 'With its window shut, text is answered with an ACK of what is expected, and the window 0',
    source: 'RFC 9293 §3.8.6.1',
    needs: ['hold'],
    decides: async (lab) => {
      const { p } = await filled(lab)
      await lab.pauses(600)
      p.forges('.', { len: 1 })
      const h = await p.getsAck()
      holds(h.window === 0, `the window is ${h.window}`)
      return undefined
    },
  },
  {
    id: 'MUST-66',
    level: 'MUST',
    says: 'With its window shut the target still takes a RST',
    source: 'RFC 9293 §3.4',
    needs: ['hold'],
    decides: async (lab) => {
      const { p } = await filled(lab)
      p.forges('R')
      await p.silence()
      await p.isGone('the RST')
      return undefined
    },
  },
]
