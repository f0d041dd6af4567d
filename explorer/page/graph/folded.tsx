/** States folded to a few fields: small enough to be drawn with names. Edges of one pair are one; what leads on is told of the chosen node. */
import { signal } from '@preact/signals'
import type { Quotient } from '../../worker/quotient.ts'
import { grouped, words } from '../prefer.ts'
import { select } from './state.ts'

const chosen = signal<number | undefined>(undefined)

const WIDTH = 190
const HEIGHT = 64

export const Folded = ({ quotient }: { quotient: Quotient }) => {
  const w = words.value.graph
  const places = placesOf(quotient)
  const width = Math.max(...places.map(({ x }) => x)) + WIDTH
  const height = Math.max(...places.map(({ y }) => y)) + HEIGHT
  const here = chosen.value !== undefined && chosen.value < quotient.nodes.length ? chosen.value : undefined
  const touches = (e: Quotient['edges'][number]) => here !== undefined && (e.from === here || e.to === here)
  return (
    <div class="folded">
      <div class="scroll" tabIndex={0} role="group" aria-label={w.folded}>
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={w.folded}>
          {quotient.edges.map((e) => (
            <path
              key={`${e.from} ${e.to}`}
              d={curve(places[e.from]!, places[e.to]!)}
              class={touches(e) ? (e.from === here ? 'edge out' : 'edge in') : 'edge'}
            />
          ))}
          {quotient.nodes.map((node, i) => (
            <g
              key={node.values.join()}
              class={`node ${here === i ? 'here' : ''} ${node.depth === 0 ? 'initial' : ''}`}
              transform={`translate(${places[i]!.x} ${places[i]!.y})`}
              onClick={() => choose(i, node.first)}
            >
              <rect x={6} y={8} width={WIDTH - 30} height={HEIGHT - 24} rx={8} />
              {node.values.map((value, line) => (
                <text key={value} x={(WIDTH - 18) / 2} y={HEIGHT / 2 + 2 + (line - (node.values.length - 1) / 2) * 13}>
                  {value}
                </text>
              ))}
            </g>
          ))}
        </svg>
      </div>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">{quotient.fields.join(' · ')}</th>
            <th scope="col">{w.states}</th>
            <th scope="col">{w.edgeLabels}</th>
          </tr>
        </thead>
        <tbody>
          {quotient.nodes.map((node, i) => (
            <tr key={node.values.join()} class={here === i ? 'here' : ''}>
              <th scope="row">
                <button type="button" onClick={() => choose(i, node.first)}>
                  {node.values.join(' · ')}
                </button>
              </th>
              <td>{grouped(node.states)}</td>
              <td>
                {(here === i ? quotient.edges.filter(({ from }) => from === i) : []).map((e) => (
                  <span key={e.to} class="leads">
                    → {quotient.nodes[e.to]!.values.join(' · ')}: {e.rules.join(', ')}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const choose = (i: number, first: number): void => {
  chosen.value = i
  void select(first)
}

interface Place {
  readonly x: number
  readonly y: number
}

const placesOf = ({ nodes }: Quotient): Place[] => {
  const depths = [...new Set(nodes.map(({ depth }) => depth))].sort((a, b) => a - b)
  const placed = new Map<number, number>()
  return nodes.map(({ depth }) => {
    const row = placed.get(depth) ?? 0
    placed.set(depth, row + 1)
    return { x: depths.indexOf(depth) * WIDTH, y: row * HEIGHT }
  })
}

const curve = (a: Place, b: Place): string => {
  const [x1, y1, x2, y2] = [a.x + WIDTH - 24, a.y + HEIGHT / 2 - 4, b.x + 6, b.y + HEIGHT / 2 - 4]
  if (x2 > x1) return `M${x1} ${y1} C${x1 + 40} ${y1} ${x2 - 40} ${y2} ${x2} ${y2}`
  const below = Math.max(a.y, b.y) + HEIGHT - 10
  return `M${a.x + WIDTH / 2} ${a.y + HEIGHT - 16} C${a.x + WIDTH / 2} ${below + 14} ${b.x + WIDTH / 2} ${below + 14} ${b.x + WIDTH / 2 - 20} ${b.y + HEIGHT - 16}`
}
