/** What both ends were, packet by packet: a state is said where it changes, and what else is possible where it is. */
import type { Belief, Connection } from '../../traces/index.ts'
import { count } from '../words/number.ts'
import { type Paint, padded, visible } from '../words/paint.ts'
import { wrapped } from '../words/table.ts'
import { lateRows, type Marked, openAt } from './late.ts'
import { drawPacket, type PacketArrow, packetArrows } from './packets.ts'

/** Packets of a connection that are shown without --explain: the first and the last of more than these. */
const MOST = 60
/** Packets around the one at which nothing explains the capture any more. */
const AROUND = 5

export interface Timeline {
  /** Those of such packets: made when they are looked at. */
  readonly beliefs: (isWanted: (packet: number) => boolean) => readonly Belief[]
  /** The number of the packet that nothing explains. */
  readonly diverges?: number
  readonly all: boolean
}

/** Empty where nothing is explained. */
export const timelineText = (connection: Connection, { beliefs, diverges, all }: Timeline, paint: Paint): string => {
  const { packets } = connection
  const failing = packets.findIndex(({ number }) => number === diverges)
  const isShown = (i: number): boolean =>
    all || packets.length <= MOST || i < MOST / 2 || i >= packets.length - MOST / 2 || Math.abs(i - failing) <= AROUND
  const arrows = packetArrows(connection, isShown)
  const wanted = new Set([...arrows.keys()].flatMap((i) => [packets[i]!.number, packets[i - 1]?.number]))
  // The reading may have them in another order than the tap.
  const byPacket = new Map(beliefs((packet) => wanted.has(packet)).map((belief) => [belief.packet, belief]))
  if (byPacket.size === 0) return ''
  const beliefAt = (i: number): Belief | undefined => byPacket.get(packets[i]?.number ?? -1)
  const late = lateRows(connection, arrows.values())
  const marks = (number: number): string => `${markOf(late.of(number))}${late.copied(number)}`
  let width = 0
  for (const { text, number } of arrows.values()) width = Math.max(width, text.length + marks(number).length + 7)
  const shown: (readonly string[] | string)[] = []
  for (const [i, arrow] of arrows) {
    const number = `${i === failing ? '✗' : ' '}${String(arrow.number).padStart(6)}`
    const time = arrow.time === undefined ? '' : `${arrow.time.toFixed(3)} s`.padStart(12)
    const ends = (['client', 'server'] as const).map((end) => stateOf(beliefAt(i), beliefAt(i - 1), end))
    const found = late.of(arrow.number)
    const drawn = { ...arrow, text: `${marks(arrow.number)}${arrow.text}`, ...(found && { open: openAt(found.late) }) }
    const words = [`${number}${time}`, ends[0]!, drawPacket(drawn, width), ends[1]!]
    for (const other of late.before(arrow.number)) shown.push(['', '│', drawPacket(otherEnd(other), width), '│'])
    shown.push(i === failing ? words.map((word) => paint('red', word)) : words)
    if (found !== undefined)
      shown.push(paint('magenta', `           ${wrapped(`${found.mark} ${found.late.words}`, 66, ' '.repeat(13))}`))
    if (i + 1 < packets.length && !arrows.has(i + 1)) shown.push(['      …'])
  }
  const head = ['  packet', 'client', '', 'server'].map((word) => paint('dim', word))
  const widths = head.map((word, i) =>
    shown.reduce(
      (most, row) => (typeof row === 'string' ? most : Math.max(most, visible(row[i] ?? ''))),
      visible(word),
    ),
  )
  const draw = (row: readonly string[] | string) =>
    typeof row === 'string' ? row : `  ${row.map((cell, i) => padded(cell, widths[i]!)).join('  ')}`.trimEnd()
  const left = packets.length - arrows.size
  const rest = left === 0 ? [] : [`   ${count(left, 'packet')} not shown (--explain shows them)`]
  return [draw(head), ...shown.map(draw), ...rest].map((line) => `${line}\n`).join('')
}

const markOf = (marked: Marked | undefined): string => (marked === undefined ? '' : `${marked.mark} `)

/** A late packet where the capture does not show it: where it left, or where it comes. */
const otherEnd = ({ mark, late, arrow }: Marked): PacketArrow => ({
  ...arrow,
  text: `${mark} ${arrow.text}`,
  open: openAt(late) === 'to' ? 'from' : 'to',
})

/** A state where it changes, a line where it stays. */
const stateOf = (now: Belief | undefined, before: Belief | undefined, end: 'client' | 'server'): string => {
  if (now === undefined) return '?'
  return before !== undefined && said(before, end) === said(now, end) ? '│' : said(now, end)
}

/** `SYN_RECV (or CLOSED)`: the cheapest hypotheses, and in brackets what else is possible. */
const said = (belief: Belief, end: 'client' | 'server'): string => {
  const cheapest = belief[end]
  const others = belief.possible[end].filter((state) => !cheapest.includes(state))
  return `${cheapest.join(' or ')}${others.length === 0 ? '' : ` (or ${others.join(', ')})`}`
}
