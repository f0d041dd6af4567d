/** What a step does on the wire, as arrows between two lifelines. */
import { type Channel, type End, notation, receivedIn, type Segment, sentIn } from '../../model/index.ts'
import type { TraceStep } from './trace.ts'

export interface Arrow {
  /** `arrives` at the other end, `leaves` for the wire, `is lost` on it, or `finds no room` there. */
  readonly kind: 'arrives' | 'leaves' | 'is lost' | 'finds no room'
  readonly from: End
  readonly text: string
}

const other = (end: End): End => (end === 'client' ? 'server' : 'client')

export const arrowsOf = (step: TraceStep): Arrow[] => {
  if (step.connection === undefined) return []
  const { up, down } = step.world.groups[step.connection - 1]!
  const arrows = (['client', 'server'] as const).flatMap((end): Arrow[] => {
    const received = receivedIn(step.effects, end)
    const arriving: Arrow[] = received ? [{ kind: 'arrives', from: other(end), text: notation(received) }] : []
    return [...arriving, ...leaving(sentIn(step.effects, end), end, end === 'client' ? up : down)]
  })
  return arrows.length > 0 ? arrows : wireArrow(step)
}

/** A channel that is full drops what is put into it. */
const leaving = (sent: readonly Segment[], from: End, channel: Channel): Arrow[] => {
  const inFlight = channel.filter((f) => f.age === 0).map((f) => notation(f.segment))
  return sent.map((segment) => {
    const text = notation(segment)
    const at = inFlight.lastIndexOf(text)
    if (at < 0) return { kind: 'finds no room', from, text }
    inFlight.splice(at, 1)
    return { kind: 'leaves', from, text }
  })
}

/** What the wire does without an end: it loses a segment, or carries one that a stranger forged. */
const wireArrow = ({ rule, note }: TraceStep): Arrow[] => {
  if (rule === 'forge') return [{ kind: 'leaves', from: 'client', text: `${note} forged` }]
  const [, end] = /^lose from (client|server)$/.exec(rule) ?? []
  return end === undefined ? [] : [{ kind: 'is lost', from: end as End, text: note }]
}

const heads = {
  arrives: ['──', '─▶', '◀─'],
  leaves: ['╌╌', '╌▷', '◁╌'],
  'is lost': ['──', '─╳', '╳─'],
  'finds no room': ['──', '─╳', '╳─'],
} as const

/** `── [S] seq 100 ─▶`, filled up to a width. */
export const drawArrow = ({ kind, from, text }: Arrow, width: number): string => {
  const [line, right, left] = heads[kind]
  const words = ` ${text}${kind === 'finds no room' ? ' no room' : ''} `
  const fill = line.charAt(0).repeat(Math.max(0, width - words.length - 4))
  return from === 'client' ? `${line}${words}${fill}${right}` : `${left}${fill}${words}${line}`
}

export const arrowWidth = ({ kind, text }: Arrow): number => text.length + 6 + (kind === 'finds no room' ? 8 : 0)
