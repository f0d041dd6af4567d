/** What both ends were, packet by packet: a state is said where it changes, and what else is possible where it is. */
import type { Belief, Connection } from '../../traces/index.ts'
import { count } from '../words/number.ts'
import { type Paint, padded, visible } from '../words/paint.ts'
import { drawPacket, packetArrows } from './packets.ts'

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
  let width = 0
  for (const { text } of arrows.values()) width = Math.max(width, text.length + 7)
  const shown: string[][] = []
  for (const [i, arrow] of arrows) {
    const number = `${i === failing ? '✗' : ' '}${String(arrow.number).padStart(6)}`
    const time = arrow.time === undefined ? '' : `${arrow.time.toFixed(3)} s`.padStart(12)
    const ends = (['client', 'server'] as const).map((end) => stateOf(beliefAt(i), beliefAt(i - 1), end))
    const words = [`${number}${time}`, ends[0]!, drawPacket(arrow, width), ends[1]!]
    shown.push(i === failing ? words.map((word) => paint('red', word)) : words)
    if (i + 1 < packets.length && !arrows.has(i + 1)) shown.push(['      …'])
  }
  const head = ['  packet', 'client', '', 'server'].map((word) => paint('dim', word))
  const widths = head.map((word, i) =>
    shown.reduce((most, row) => Math.max(most, visible(row[i] ?? '')), visible(word)),
  )
  const draw = (row: readonly string[]) => `  ${row.map((cell, i) => padded(cell, widths[i]!)).join('  ')}`.trimEnd()
  const left = packets.length - arrows.size
  const rest = left === 0 ? [] : [`   ${count(left, 'packet')} not shown (--explain shows them)`]
  return [draw(head), ...shown.map(draw), ...rest].map((line) => `${line}\n`).join('')
}

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
