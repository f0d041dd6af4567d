/** A trace as two lifelines with both queues between them. Per step: its actor, its rule, and only what changed. */

import type { Trace, TraceStep } from '../../traces/index.ts'
import {
  type Arrow,
  arrowsOf,
  arrowWidth,
  type Change,
  changeText,
  clientState,
  drawArrow,
  serverState,
} from '../../traces/index.ts'
import { type Extent, extentOf, fitted, GAP, lastToYield, rowOf, widest } from '../words/columns.ts'
import type { Page } from '../words/page.ts'
import type { Paint } from '../words/paint.ts'
import { dotted, linesOf, paragraph, unbroken, unbrokenPairs } from '../words/paragraph.ts'
import { type Slant, slanted, wayLines } from './slants.ts'

interface Row {
  readonly client: string
  readonly wire?: Arrow
  readonly synQueue: string
  readonly acceptQueue: string
  readonly server: string
}

const IN_COLUMNS = ['client', 'server', 'SYN queue', 'accept queue']
const ON_THE_WIRE = /^in flight /
const COUNTED = /^(client|server) counted /

/** @param after so many steps, which are left out */
export const lifelines = (trace: Trace, page: Page, after = 0): string => {
  const { paint } = page
  const begin = beginning(trace, after)
  const arrows = arrowsOf(trace).slice(after)
  const steps = trace.steps
    .slice(after)
    .map((step, i) => ({ step, arrows: arrows[i]!, rows: rowsOf(trace, step, arrows[i]!, paint) }))
  const drawn = columnsFor([...begin, ...steps.flatMap(({ rows }) => rows)], page)
  const lines = [...drawn.headings, ...begin.flatMap(drawn.row)]
  if (trace.loop === 0 && !stays(trace)) lines.push(loopBegins(paint))
  const slants = new Map<string, Slant>()
  for (const { step, arrows: own, rows } of steps) {
    lines.push('', ...title(step, page))
    for (const row of rows) {
      if (row.wire?.late !== undefined) note(slants, row.wire, lines.length)
      lines.push(...drawn.row(row))
    }
    lines.push(...wayLines(own, page), ...remarks(step, page))
    if (step.number === trace.loop && !stays(trace)) lines.push(loopBegins(paint))
  }
  if (trace.loop !== undefined) lines.push('', stays(trace) ? stayingOn(paint) : loopEnds(trace.loop, paint))
  return `${slanted(lines, [...slants.values()], drawn.wire, paint).join('\n')}\n`
}

/** Where a segment that is late leaves, and where it comes. @param line of its arrow */
const note = (slants: Map<string, Slant>, { kind, from, late }: Arrow, line: number): void => {
  const { mark } = late!
  if (kind === 'leaves') slants.set(mark, { from, mark, begins: line })
  else slants.set(mark, { from, mark, ...slants.get(mark), ends: line })
}

const INDENT = 6
const HEADINGS = ['client', 'wire', 'SYN queue', 'accept queue', 'server'] as const

/** Where the page is narrow, states go on below their end; an arrow gives way last. */
const columnsFor = (rows: readonly Row[], { paint, width }: Page) => {
  const [client, wire, synQueue, acceptQueue, server] = HEADINGS
  const arrows = rows.flatMap((row) => row.wire ?? []).map(arrowExtent)
  const columns = [
    extentOf([client, ...rows.map((row) => row.client)]),
    widest([SHORT_ARROW, ...arrows]),
    extentOf([synQueue, ...rows.map((row) => row.synQueue)]),
    extentOf([acceptQueue, ...rows.map((row) => row.acceptQueue)]),
    extentOf([server, ...rows.map((row) => row.server)]),
  ]
  const room = width - INDENT
  const widths = fitted(lastToYield(columns, HEADINGS.indexOf(wire), room), room)
  const wrapped = (text: string, column: number) => linesOf(text, widths[column]!)
  const draw = (cells: string[][]) => rowOf(cells, widths).map((line) => ' '.repeat(INDENT) + line)
  return {
    wire: { at: INDENT + widths[0]! + GAP, width: widths[1]! },
    headings: draw(HEADINGS.map((heading, i) => wrapped(paint('dim', heading), i))),
    row: (row: Row) =>
      draw([
        wrapped(row.client, 0),
        row.wire ? arrowLines(row.wire, widths[1]!) : [],
        wrapped(row.synQueue, 2),
        wrapped(row.acceptQueue, 3),
        wrapped(row.server, 4),
      ]),
  }
}

const SHORT_ARROW: Extent = { natural: 12, least: 12 }

const arrowExtent = (arrow: Arrow): Extent => {
  const { natural, least } = extentOf([unbrokenPairs(arrow.text)])
  return { natural: arrowWidth(arrow), least: arrowWidth(arrow) - natural + least }
}

/** Words that an arrow has no room for stand below it. */
const arrowLines = (arrow: Arrow, width: number): string[] => {
  const [text = '', ...more] = linesOf(unbrokenPairs(arrow.text), width - arrowWidth({ ...arrow, text: '' }))
  return [drawArrow({ ...arrow, text }, width), ...more.map((line) => `   ${line}`)]
}

const several = (trace: Trace): boolean => trace.initial.groups.length > 1

/** The world after so many steps: every connection's ends, and the queues once. */
const beginning = (trace: Trace, after: number): Row[] => {
  const { groups, shared } = trace.steps[after - 1]?.world ?? trace.initial
  return groups.map((connection, i): Row => {
    const { requests, acceptQueue, backlog } = shared.listener
    const number = several(trace) ? `${i + 1} ` : ''
    return {
      client: unbroken(`${number}${clientState(connection.client)}`),
      synQueue: i === 0 ? `${requests}` : '',
      acceptQueue: i === 0 ? `${acceptQueue} (backlog ${backlog})` : '',
      server: unbroken(`${number}${serverState(connection.server)}`),
    }
  })
}

const title = ({ number, actor, rule, connection, source, note }: TraceStep, page: Page): string[] => {
  const how = note.includes(', ') ? ` (${note.replace(/^.*?, /, '')})` : ''
  const event = `${rule.startsWith(`${actor} `) ? '' : `${actor}: `}${rule}${how}`
  const of = connection === undefined ? '' : ` · connection ${connection}`
  const words = `${page.paint('bold', event)}${page.paint('dim', `${of} · ${source.replace(/linux: /g, unbroken)}`)}`
  return paragraph(page, `${String(number).padStart(4)}  `, words)
    .trimEnd()
    .split('\n')
}

const rowsOf = (trace: Trace, step: TraceStep, arrows: readonly Arrow[], paint: Paint): Row[] => {
  const shown = shownConnections(step)
  const states = shown.map((n) => endsOf(trace, step, n, paint))
  const count = Math.max(arrows.length, states.length)
  return Array.from({ length: count }, (_, i): Row => {
    const queue = (what: string) =>
      i === count - 1
        ? mark(
            step.changes.find((c) => c.what === what),
            paint,
          )
        : ''
    const [client, server] = states[i] ?? ['', '']
    const [wire, synQueue, acceptQueue] = [arrows[i], queue('SYN queue'), queue('accept queue')]
    return { client, ...(wire && { wire }), synQueue, acceptQueue, server }
  })
}

/** The connection that acts; for a step of all, those whose ends' states changed. */
const shownConnections = (step: TraceStep): number[] => {
  if (step.connection !== undefined) return [step.connection]
  const changed = step.changes.filter(({ what }) => IN_COLUMNS.includes(what)).map((c) => c.connection ?? 1)
  return [...new Set(changed)]
}

const endsOf = (trace: Trace, step: TraceStep, connection: number, paint: Paint): [string, string] => {
  const number = several(trace) ? `${connection} ` : ''
  const { client, server } = step.world.groups[connection - 1]!
  const end = (what: string, state: string) => {
    const change = step.changes.find((c) => c.what === what && c.connection === connection)
    return change ? unbroken(number) + mark(change, paint) : paint('dim', unbroken(number + state))
  }
  return [end('client', clientState(client)), end('server', serverState(server))]
}

const mark = (change: Change | undefined, paint: Paint): string =>
  change === undefined ? '' : `${change.from} ${unbroken('→ ')}${paint(['bold', 'yellow'], String(change.to))}`

/** Changes that no column shows, and what the kernel counted. */
const remarks = (step: TraceStep, page: Page): string[] => {
  const hidden = step.changes.filter((c) => !c.minor && !IN_COLUMNS.includes(c.what) && !ON_THE_WIRE.test(c.what))
  const ofOther = (c: Change) => c.connection !== undefined && c.connection !== step.connection
  const texts = hidden.map((c) => `${ofOther(c) ? `${c.connection}: ` : ''}${changeText(c)}`)
  const counted = step.effects.filter((e) => COUNTED.test(e)).map((e) => e.replace(COUNTED, ''))
  const lines = [dotted(texts), counted.length > 0 ? `counted: ${counted.join(', ')}` : '']
  const begin = ' '.repeat(INDENT)
  return lines
    .filter((line) => line !== '')
    .flatMap((line) =>
      paragraph(page, begin, page.paint('dim', line), INDENT + 4)
        .trimEnd()
        .split('\n'),
    )
}

/** The loop is empty: nothing that has to happen is left. */
const stays = ({ loop, steps }: Trace): boolean => loop === steps.length

const stayingOn = (paint: Paint): string =>
  paint('magenta', '      ╰── nothing has to happen any more: it stays like this for ever')
const loopBegins = (paint: Paint): string => paint('magenta', '      ╭── from here on it goes round for ever')
const loopEnds = (loop: number, paint: Paint): string => {
  const where = loop === 0 ? 'as it was at the beginning' : `as it was after step ${loop}`
  return paint('magenta', `      ╰── and everything is ${where}`)
}
