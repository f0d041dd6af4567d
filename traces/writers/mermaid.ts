/** A trace as a Mermaid sequence diagram. */
import { type Arrow, arrowsOf } from './arrows.ts'
import { type Change, changeText } from './changes.ts'
import { lateEnd, lateOrigin } from './late.ts'
import type { Trace, TraceStep } from './trace.ts'

export const mermaid = (trace: Trace): string => {
  const connections = trace.initial.groups.map((_, i) => i + 1)
  const one = connections.length === 1
  const arrows = arrowsOf(trace)
  const named = (n: number) => (one ? '' : ` ${n}`)
  const lines = [
    'sequenceDiagram',
    ...connections.map((n) => `  participant C${n} as client${named(n)}`),
    '  participant Q as SYN queue / accept queue',
    ...connections.map((n) => `  participant S${n} as server${named(n)}`),
    ...trace.steps.flatMap((step, i) => [...loopLine(trace, step.number - 1), ...stepLines(step, arrows[i]!)]),
    ...(trace.loop === undefined ? [] : ['  end']),
  ]
  return `${lines.join('\n')}\n`
}

const loopLine = (trace: Trace, after: number): string[] => (trace.loop === after ? ['  loop for ever'] : [])

const stepLines = (step: TraceStep, arrows: readonly Arrow[]): string[] => {
  // What comes in its turn is drawn where it comes; what does not, where it leaves, too.
  const messages = arrows.filter(({ kind, late }) => kind !== 'leaves' || late !== undefined)
  const changes = step.changes.filter(({ what, minor }) => !minor && !what.startsWith('in flight'))
  const places = [...new Set(changes.map(placeOf))]
  return [
    ...(messages.every(({ kind }) => kind === 'dies')
      ? [`  Note over ${actorOf(step)}: ${step.number}. ${clean(step.rule)}`]
      : []),
    ...messages.map((arrow) => messageLine(arrow, arrow.late?.flight.connection ?? step.connection ?? 1)),
    ...places.map((place) => {
      const texts = changes.filter((change) => placeOf(change) === place).map(changeText)
      return `  Note over ${place}: ${clean(texts.join(', '))}`
    }),
  ]
}

/** Mermaid draws no slanted arrows: a segment that is late has a dotted, open one where it leaves, and the same number at both. */
const messageLine = ({ kind, from, text, late }: Arrow, n: number): string => {
  const [a, b] = from === 'client' ? [`C${n}`, `S${n}`] : [`S${n}`, `C${n}`]
  const head = kind === 'leaves' ? '--)' : kind === 'arrives' ? '->>' : '-x'
  const words = late && ` (${kind === 'leaves' ? lateEnd(late) : lateOrigin(late)})`
  return `  ${a}${head}${b}: ${late ? `${late.mark} ` : ''}${clean(text)}${clean(words ?? '')}`
}

/** The participant that a change is of. */
const placeOf = ({ part, connection }: Change): string => {
  if (connection === undefined) return 'Q'
  return `${part === 'client' || part === 'up' ? 'C' : 'S'}${connection}`
}

const actorOf = ({ connection, actor }: TraceStep): string => {
  if (connection === undefined) return 'Q'
  return `${actor === 'server' ? 'S' : 'C'}${connection}`
}

/** Mermaid reads `;` and `#` as its own. */
const clean = (text: string): string => text.replaceAll(';', ',').replaceAll('#', '')
