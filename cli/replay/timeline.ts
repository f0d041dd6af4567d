/** What both ends were, packet by packet: a state is said where it changes, and what else is possible where it is. */
import type { Belief, Connection } from '../../traces/index.ts'
import { extentOf, fitted, GAP, lastToYield, longest, rowOf, widest } from '../words/columns.ts'
import { count } from '../words/number.ts'
import type { Page } from '../words/page.ts'
import { linesOf, paragraph } from '../words/paragraph.ts'
import { lateRows, type Marked, openAt } from './late.ts'
import { drawPacket, type PacketArrow, packetArrows, packetExtent } from './packets.ts'

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
export const timelineText = (connection: Connection, { beliefs, diverges, all }: Timeline, page: Page): string => {
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
  const rows = [...arrows].flatMap(([i, arrow]): Row[] => {
    const [client, server] = (['client', 'server'] as const).map((end) => statesOf(beliefAt(i), beliefAt(i - 1), end))
    const found = late.of(arrow.number)
    const text = `${found ? `${found.mark} ` : ''}${late.copied(arrow.number)}${arrow.text}`
    const row: Row = {
      number: `${arrow.number}`,
      time: arrow.time === undefined ? '' : `${arrow.time.toFixed(3)} s`,
      client: client!,
      arrow: { ...arrow, text, ...(found && { open: openAt(found.late) }) },
      server: server!,
      isFailing: i === failing,
      isGap: i + 1 < packets.length && !arrows.has(i + 1),
      ...(found && { remark: `${found.mark} ${found.late.words}` }),
    }
    return [...late.before(arrow.number).map(otherEnd), row]
  })
  const left = packets.length - arrows.size
  const rest = left === 0 ? [] : [`   ${count(left, 'packet')} not shown (--explain shows them)`]
  return [...drawn(rows, page), ...rest].map((line) => `${line}\n`).join('')
}

interface Row {
  readonly number: string
  readonly time: string
  readonly client: States
  readonly arrow: PacketArrow
  readonly server: States
  readonly isFailing: boolean
  /** Packets that follow are not shown. */
  readonly isGap: boolean
  /** Of a packet that is late. */
  readonly remark?: string
}

/** A late packet where the capture does not show it: where it left, or where it comes. */
const otherEnd = ({ mark, late, arrow }: Marked): Row => ({
  number: '',
  time: '',
  client: [LIFELINE],
  arrow: { ...arrow, text: `${mark} ${arrow.text}`, open: openAt(late) === 'to' ? 'from' : 'to' },
  server: [LIFELINE],
  isFailing: false,
  isGap: false,
})

const INDENT = 2
/** What a number and a time take where there is room. */
const NUMBER = 7
const TIME = 12
const LIFELINE = '│'

/** A packet is one arrow between two lifelines; where the page is narrow, states go on below, and numbers stand closer. */
const drawn = (rows: readonly Row[], page: Page): string[] => {
  const { paint, width } = page
  const widths = widthsOf(rows, width - INDENT)
  const times = longest(rows.map(({ time }) => time))
  const timeWidth = times === 0 ? 0 : Math.max(times + GAP, Math.min(TIME, widths[0]! - NUMBER))
  const numberWidth = widths[0]! - timeWidth
  const draw = (cells: readonly (readonly string[])[], below?: readonly string[]): string[] =>
    rowOf(cells, widths, below).map((line) => ' '.repeat(INDENT) + line)
  const body = rows.flatMap(({ number, time, client, arrow, server, isFailing, isGap, remark }) => {
    const style = (line: string): string => (isFailing ? paint('red', line) : line)
    const mark = isFailing ? '✗' : ' '
    const cells = [
      [mark + number.padStart(numberWidth - 1) + time.padStart(timeWidth)],
      stateLines(client, widths[1]!),
      drawPacket(arrow, widths[2]!),
      stateLines(server, widths[3]!),
    ].map((lines) => lines.map(style))
    const gap = isGap ? draw([['…'.padStart(numberWidth)]]) : []
    const said =
      remark === undefined ? [] : paragraph(page, ' '.repeat(11), paint('magenta', remark), 13).trimEnd().split('\n')
    return [...draw(cells, ['', style(LIFELINE), '', style(LIFELINE)]), ...said, ...gap]
  })
  const head = ['packet'.padStart(numberWidth), 'client', '', 'server'].map((word) => [paint('dim', word)])
  return [...draw(head), ...body]
}

/** An arrow gives way last: it is what is looked for. */
const widthsOf = (rows: readonly Row[], room: number): number[] => {
  const numbers = 1 + longest(rows.map(({ number }) => number))
  const times = longest(rows.map(({ time }) => time))
  const arrows = rows.map(({ arrow }) => packetExtent(arrow))
  const columns = [
    {
      natural: Math.max(NUMBER, numbers) + (times === 0 ? 0 : Math.max(TIME, times + GAP)),
      least: Math.max('packet'.length, numbers + (times === 0 ? 0 : times + GAP)),
    },
    extentOf(['client', ...rows.map(({ client }) => client.join(' '))]),
    widest(arrows),
    extentOf(['server', ...rows.map(({ server }) => server.join(' '))]),
  ]
  return fitted(lastToYield(columns, 2, room), room)
}

/** The states of an end as they stand at a lifeline: the cheapest hypotheses, and in brackets what else is possible. */
type States = readonly string[]

/** States where they change, a line where they stay. */
const statesOf = (now: Belief | undefined, before: Belief | undefined, end: 'client' | 'server'): States => {
  if (now === undefined) return ['?']
  const states = said(now, end)
  return before !== undefined && states.join() === said(before, end).join() ? [LIFELINE] : states
}

/** `SYN_RECV (or CLOSED)` */
const said = (belief: Belief, end: 'client' | 'server'): States => {
  const cheapest = belief[end]
  const others = belief.possible[end].filter((state) => !cheapest.includes(state))
  return [cheapest.join(' or '), ...(others.length === 0 ? [] : [`(or ${others.join(', ')})`])]
}

/** On one line, or what is in brackets begins another. */
const stateLines = (states: States, width: number): string[] => {
  const text = states.join(' ')
  return text.length <= width ? [text] : states.flatMap((part) => linesOf(part, width))
}
