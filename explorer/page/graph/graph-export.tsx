import { type GraphFormat, graphFormats, graphTo } from '../../../traces/writers/state-graph.ts'
import { download } from '../parts/download.ts'
import { words } from '../prefer.ts'
import { address } from '../store.ts'
import { ask } from '../work.ts'
import { part } from './state.ts'

export const GraphExport = () => (
  <label>
    {words.value.graph.export}
    <select
      value=""
      name="graph-export"
      onChange={(e) => {
        const format = e.currentTarget.value as GraphFormat
        e.currentTarget.value = ''
        if (graphFormats.includes(format)) void save(format)
      }}
    >
      <option value="">…</option>
      {graphFormats.map((format) => (
        <option key={format} value={format}>
          {format}
        </option>
      ))}
    </select>
  </label>
)

const save = async (format: GraphFormat): Promise<void> => {
  const p = part.value
  if (p === undefined) return
  const { rules, rule } = await ask('edgesOf', {})
  const edges = Array.from(p.from, (from, i) => ({ from, to: p.to[i]!, label: rules[rule[i]!]! }))
  const nodes = Array.from(p.depths, (depth, id) => ({ id, label: `${id}`, depth }))
  const name = address.value.world.scenario
  download(`${name}.${format}`, graphTo(format, { name, nodes, edges, isComplete: p.isComplete }), 'text/plain')
}
