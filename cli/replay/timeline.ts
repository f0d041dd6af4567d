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
  readonly beliefs: readonly Belief[]
  /** The number of the packet that nothing explains. */
  readonly diverges?: number
  readonly all: boolean
}

export const timelineText = (connection: Connection, { beliefs, diverges, all }: Timeline, paint: Paint): string => {
  const arrows = packetArrows(connection)
  // The reading may have them in another order than the tap.
  const byPacket = new Map(beliefs.map((belief) => [belief.packet, belief]))
  const held = arrows.map(({ number }) => byPacket.get(number))
  const width = Math.max(...arrows.map(({ text }) => text.length + 7))
  const failing = arrows.findIndex(({ number }) => number === diverges)
  const rows = arrows.map((arrow, i) => {
    const number = `${i === failing ? '✗' : ' '}${String(arrow.number).padStart(6)}`
    const time = arrow.time === undefined ? '' : `${arrow.time.toFixed(3)} s`.padStart(12)
    const words = [`${number}${time}`, ends(held, i, 'client'), drawPacket(arrow, width), ends(held, i, 'server')]
    return i === failing ? words.map((word) => paint('red', word)) : words
  })
  const isShown = (i: number): boolean =>
    all || rows.length <= MOST || i < MOST / 2 || i >= rows.length - MOST / 2 || Math.abs(i - failing) <= AROUND
  const head = ['  packet', 'client', '', 'server'].map((word) => paint('dim', word))
  const shown = rows.flatMap((row, i) => (isShown(i) ? [row] : isShown(i - 1) ? [['      …']] : []))
  const widths = head.map((_, i) => Math.max(...[head, ...shown].map((row) => visible(row[i] ?? ''))))
  const draw = (row: readonly string[]) => `  ${row.map((cell, i) => padded(cell, widths[i]!)).join('  ')}`.trimEnd()
  const left = rows.filter((_, i) => !isShown(i)).length
  const rest = left === 0 ? [] : [`   ${count(left, 'packet')} not shown (--explain shows them)`]
  return [draw(head), ...shown.map(draw), ...rest].map((line) => `${line}\n`).join('')
}

/** A state where it changes, a line where it stays. */
const ends = (beliefs: readonly (Belief | undefined)[], i: number, end: 'client' | 'server'): string => {
  const now = beliefs[i]
  if (now === undefined) return '?'
  const before = beliefs[i - 1]
  return before !== undefined && said(before, end) === said(now, end) ? '│' : said(now, end)
}

/** `SYN_RECV (or CLOSED)`: the cheapest hypotheses, and in brackets what else is possible. */
const said = (belief: Belief, end: 'client' | 'server'): string => {
  const cheapest = belief[end]
  const others = belief.possible[end].filter((state) => !cheapest.includes(state))
  return `${cheapest.join(' or ')}${others.length === 0 ? '' : ` (or ${others.join(', ')})`}`
}
