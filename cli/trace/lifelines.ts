/** A trace as two lifelines with both queues between them. Per step: who, by which rule, and only what changed. */

import type { Arrow, Trace, TraceStep } from '../../traces/index.ts'
import {
  arrowsOf,
  arrowWidth,
  type Change,
  changeText,
  clientState,
  drawArrow,
  serverState,
} from '../../traces/index.ts'
import type { Paint } from '../words/paint.ts'
import { padded, visible } from '../words/paint.ts'
import { type Slant, slanted, wayLines } from './slants.ts'

/** client · wire · SYN queue · accept queue · server */
type Row = readonly [string, string, string, string, string]

const IN_COLUMNS = ['client', 'server', 'SYN queue', 'accept queue']
const ON_THE_WIRE = /^in flight /
const COUNTED = /^(client|server) counted /

/** @param after so many steps, which are left out */
export const lifelines = (trace: Trace, paint: Paint, after = 0): string => {
  const headings: Row = ['client', 'wire', 'SYN queue', 'accept queue', 'server']
  const arrows = arrowsOf(trace).slice(after)
  const wire = Math.max(12, ...arrows.flat().map(arrowWidth))
  const begin = beginning(trace, after)
  const steps = trace.steps.slice(after).map((step, i) => ({
    step,
    arrows: arrows[i]!,
    rows: rowsOf(
      trace,
      step,
      arrows[i]!.map((arrow) => drawArrow(arrow, wire)),
      paint,
    ),
  }))
  const all = [headings, ...begin, ...steps.flatMap(({ rows }) => rows)]
  const widths = headings.map((_, i) => Math.max(...all.map((row) => visible(row[i]!))))
  const draw = (row: Row) => `      ${row.map((cell, i) => padded(cell, widths[i]!)).join('  ')}`.trimEnd()
  const lines = [draw(headings.map((h) => paint('dim', h)) as unknown as Row), ...begin.map(draw)]
  if (trace.loop === 0 && !stays(trace)) lines.push(loopBegins(paint))
  const slants = new Map<string, Slant>()
  for (const { step, arrows, rows } of steps) {
    lines.push('', title(step, paint))
    note(slants, arrows, lines.length)
    lines.push(...rows.map(draw), ...wayLines(arrows, paint), ...remarks(step, paint))
    if (step.number === trace.loop && !stays(trace)) lines.push(loopBegins(paint))
  }
  if (trace.loop !== undefined) lines.push('', stays(trace) ? stayingOn(paint) : loopEnds(trace.loop, paint))
  const at = 6 + widths[0]! + 2
  return `${slanted(lines, [...slants.values()], { at, width: widths[1]! }, paint).join('\n')}\n`
}

/** Where segments leave and where they come that are late. @param first the line of the first of the arrows */
const note = (slants: Map<string, Slant>, arrows: readonly Arrow[], first: number): void =>
  arrows.forEach(({ kind, from, late }, i) => {
    if (late === undefined) return
    const slant = slants.get(late.mark)
    if (kind === 'leaves') slants.set(late.mark, { from, mark: late.mark, begins: first + i })
    else slants.set(late.mark, { from, mark: late.mark, ...slant, ends: first + i })
  })

const several = (trace: Trace): boolean => trace.initial.groups.length > 1

/** The world after so many steps: every connection's ends, and the queues once. */
const beginning = (trace: Trace, after: number): Row[] => {
  const { groups, shared } = trace.steps[after - 1]?.world ?? trace.initial
  return groups.map((connection, i): Row => {
    const { requests, acceptQueue, backlog } = shared.listener
    const number = several(trace) ? `${i + 1} ` : ''
    const queues = i === 0 ? [`${requests}`, `${acceptQueue} (backlog ${backlog})`] : ['', '']
    const server = `${number}${serverState(connection.server)}`
    return [`${number}${clientState(connection.client)}`, '', queues[0]!, queues[1]!, server]
  })
}

const title = ({ number, actor, rule, connection, source, note }: TraceStep, paint: Paint): string => {
  const how = note.includes(', ') ? ` (${note.replace(/^.*?, /, '')})` : ''
  const who = `${rule.startsWith(`${actor} `) ? '' : `${actor}: `}${rule}${how}`
  const of = connection === undefined ? '' : ` · connection ${connection}`
  return `${String(number).padStart(4)}  ${paint('bold', who)}${paint('dim', `${of} · ${source}`)}`
}

const rowsOf = (trace: Trace, step: TraceStep, arrows: readonly string[], paint: Paint): Row[] => {
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
    return [client, arrows[i] ?? '', queue('SYN queue'), queue('accept queue'), server]
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
    return change ? number + mark(change, paint) : paint('dim', number + state)
  }
  return [end('client', clientState(client)), end('server', serverState(server))]
}

const mark = (change: Change | undefined, paint: Paint): string =>
  change === undefined ? '' : `${change.from} → ${paint(['bold', 'yellow'], String(change.to))}`

/** Changes that no column shows, and what the kernel counted. */
const remarks = (step: TraceStep, paint: Paint): string[] => {
  const hidden = step.changes.filter((c) => !c.minor && !IN_COLUMNS.includes(c.what) && !ON_THE_WIRE.test(c.what))
  const ofOther = (c: Change) => c.connection !== undefined && c.connection !== step.connection
  const texts = hidden.map((c) => `${ofOther(c) ? `${c.connection}: ` : ''}${changeText(c)}`)
  const counted = step.effects.filter((e) => COUNTED.test(e)).map((e) => e.replace(COUNTED, ''))
  const lines = [texts.join(' · '), counted.length > 0 ? `counted: ${counted.join(', ')}` : '']
  return lines.filter((line) => line !== '').map((line) => `      ${paint('dim', line)}`)
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
