/**
 * Text that the capture does not show, or shows cut otherwise, though both ends testify to it: its receiver
 * acknowledges it, and its sender goes on after it. So it was sent and came; what lacks is the capture. Wireshark calls it
 * `ACKed unseen segment`. The packets are put where they must have been, and the rest is judged as ever.
 */
import { type Flags, type Segment, seq } from '../../../model/index.ts'
import { type Observation, peerOf } from '../packets/observation.ts'
import { type Gap, type Gaps, gapsOf, type Part } from './gaps.ts'
import { cutAt, longerThanOnWire } from './offload.ts'
import { type Assumption, assuming, type Captured, type Reading } from './reading.ts'
import { showsAll } from './shows-all.ts'

/**
 * With what was missed; two readings, where the last of it may be text or a FIN; none, where the capture shows all that both ends
 * testify to. What lacks text cannot be explained as it stands: all that comes to an end has passed the tap. What only cuts it
 * otherwise may be.
 */
export const testified = (plain: Reading, { connection }: Captured): readonly Reading[] => {
  if (showsAll(plain.packets)) return []
  const isLong = longerThanOnWire(connection)
  const { gaps, parts: cut, lost } = gapsOf(plain.packets, isLong)
  const parts = cut.filter(({ of }) => !isLong(plain.packets[of]!))
  if (gaps.length + parts.length === 0) return []
  const mayBeFin = gaps.some(({ isLast }) => isLast)
  const finFirst = gaps.some(({ isLast, from, to }) => isLast && to - from === 1)
  const orders = mayBeFin ? [finFirst, !finFirst] : [false]
  const filled = orders.map((fin) => withThem(plain, { gaps, parts, lost }, fin))
  return gaps.length > 0 ? filled : [...filled, plain]
}

const withThem = (plain: Reading, { gaps, parts, lost }: Gaps, fin: boolean): Reading => {
  const { packets } = plain
  const before = new Map<number, Observation[]>()
  const put = (at: number, o: Observation): void => {
    before.set(at, [...(before.get(at) ?? []), o])
  }
  for (const gap of gaps) put(gap.at, missed(gap, fin && gap.isLast, packets))
  const cuts = new Map<number, number[]>()
  for (const { of, at } of parts) cuts.set(of, [...(cuts.get(of) ?? []), at])
  const didNotCome = new Set(lost)
  const filled = packets.flatMap((given, i) => {
    const o = didNotCome.has(i) ? { ...given, seenAtFarTap: false } : given
    const own = cuts.has(i) ? cutAt(o, cuts.get(i)!.map(seq)) : [o]
    return [...(before.get(i) ?? []), ...own]
  })
  return assuming(plain, { packets: filled }, ...said(gaps, parts, packets, fin))
}

const timeOf = ({ time }: Observation) => (time === undefined ? {} : { time })

const missed = (gap: Gap, fin: boolean, packets: readonly Observation[]): Observation => {
  const next = packets[gap.at]!
  const len = gap.to - gap.from - (fin ? 1 : 0)
  const flags: Flags = fin ? 'F.' : '.'
  const segment: Segment = { flags, seq: seq(gap.from), len, ack: gap.ack }
  const { clock } = gap
  return {
    packet: next.packet,
    from: gap.side,
    inferred: true,
    flags,
    seq: seq(gap.from),
    len,
    ack: gap.ack,
    segment,
    ...timeOf(next),
    ...(clock === undefined ? {} : { clock }),
  }
}

/** Gaps that are named one by one. */
const NAMED = 3

const said = (
  gaps: readonly Gap[],
  parts: readonly Part[],
  packets: readonly Observation[],
  fin: boolean,
): Assumption[] => {
  const number = (i: number): number => packets[i]!.packet
  const found: Assumption[] = []
  const tell = (about: readonly number[], words: string): void => {
    found.push({ id: 'testified', packets: [...new Set(about)], ceiling: 'conforms', words })
  }
  if (gaps.length > 0) {
    const joined = joinedGaps(gaps)
    const named = joined.slice(0, NAMED).map((g) => {
      const hasFin = fin && g.isLast
      const bytes = g.to - g.from - (hasFin ? 1 : 0)
      const what = [...(bytes > 0 ? [`${bytes} byte${bytes > 1 ? 's' : ''}`] : []), ...(hasFin ? ['a FIN'] : [])]
      return `${what.join(' and ')} of the ${g.side} before packet ${number(g.at)} (packet ${number(g.acknowledgedAt)} acknowledges ${bytes + Number(hasFin) > 1 ? 'them' : 'it'}, and the ${g.side} goes on after that with packet ${number(g.goesOnAt)})`
    })
    const rest = joined.length - named.length
    const all = gaps.reduce((sum, g) => sum + g.to - g.from - (fin && g.isLast ? 1 : 0), 0)
    const more = rest > 0 ? `; and ${rest} more such gap${rest > 1 ? 's' : ''}, ${all} bytes in all` : ''
    tell(
      gaps.map((g) => number(g.acknowledgedAt)),
      `not captured, but both ends testify to it: ${named.join('; ')}${more}`,
    )
  }
  if (parts.length > 0) {
    const first = parts[0]!
    const more = parts.length > 1 ? `, and ${parts.length - 1} more so` : ''
    const peer = peerOf(packets[first.of]!.from)
    tell(
      parts.map((p) => number(p.of)),
      `packet ${number(first.acknowledgedAt)} acknowledges a part of packet ${number(first.of)}: the ${peer} received the text cut otherwise than the capture shows it (offloads, a tunnel)${more}`,
    )
  }
  return found
}

/** Pieces that follow each other, as one. */
const joinedGaps = (gaps: readonly Gap[]): Gap[] => {
  const joined: Gap[] = []
  for (const g of gaps) {
    const at = joined.findLastIndex((x) => x.side === g.side)
    const last = joined[at]
    if (last !== undefined && last.to === g.from)
      joined[at] = { ...g, from: last.from, at: last.at, acknowledgedAt: g.acknowledgedAt }
    else joined.push(g)
  }
  return joined
}
