/** The states that the world really reaches. */

import { traceTo } from '../../../traces/writers/export.ts'
import { fieldNames } from '../../../traces/writers/fields.ts'
import { traceOf } from '../../../traces/writers/trace.ts'
import { sentenceOf } from '../../words/sentence.ts'
import { download } from '../parts/download.ts'
import { grouped, theme, words } from '../prefer.ts'
import { address, bench, takePath } from '../store.ts'
import { ask } from '../work.ts'
import { colouring, GraphCanvas, lookOf } from './canvas.tsx'
import { Folded } from './folded.tsx'
import { GraphExport } from './graph-export.tsx'
import {
  colour,
  colourBy,
  colourNames,
  described,
  endExploring,
  failure,
  fold,
  isExploring,
  matchCount,
  part,
  quotient,
  search,
  select,
  selected,
  showMore,
  shownAs,
  total,
} from './state.ts'

export const GraphView = () => {
  const w = words.value
  return (
    <div class="graph">
      <h2>{w.views.graph}</h2>
      <p class="quiet">
        <code>{address.value.world.scenario}</code> · <Count />
      </p>
      <Choices />
      {failure.value !== '' && (
        <p class="notice" role="alert">
          {failure.value}
        </p>
      )}
      <div class="columns">
        <div class="stage">{quotient.value ? <Folded quotient={quotient.value} /> : <GraphCanvas />}</div>
        <Selected />
      </div>
    </div>
  )
}

const Count = () => {
  const w = words.value.graph
  const p = part.value
  if (p === undefined) return <span>{w.exploring}</span>
  const all = total.value
  const known = all && all.states > p.nodes ? all : { states: p.nodes, isExact: p.isComplete }
  const text = grouped(known.states)
  return (
    <span data-count data-exploring={isExploring.value ? '' : undefined}>
      {w.showing(grouped(p.nodes), known.isExact ? text : w.atLeast(text))}, {w.depth(p.depths.at(-1) ?? 0)}
      {isExploring.value ? `, ${w.exploring}` : p.isComplete ? `, ${w.complete}` : ''}
    </span>
  )
}

const Choices = () => {
  const w = words.value.graph
  const fields = shownAs.value.split(',').filter((f) => f !== '')
  return (
    <div class="row choices">
      {isExploring.value ? (
        <button type="button" onClick={endExploring}>
          {w.stop}
        </button>
      ) : (
        <button type="button" disabled={part.value?.isComplete ?? true} onClick={showMore}>
          {w.more}
        </button>
      )}
      <label>
        {w.colour}
        <select name="colour" value={colourBy.value} onChange={(e) => colour(e.currentTarget.value)}>
          <option value="depth">{w.byDepth}</option>
          {bench.value.asked
            .filter(({ question }) => ['invariant', 'reachable', 'leads-to'].includes(question.kind))
            .map(({ property }) => (
              <option key={property.id} value={property.id}>
                {w.byProperty} {property.id}
              </option>
            ))}
          {coloured().map((field) => (
            <option key={field} value={field}>
              {field}
            </option>
          ))}
        </select>
      </label>
      <form
        class="row"
        onSubmit={(e) => {
          e.preventDefault()
          void search(String(new FormData(e.currentTarget).get('predicate') ?? ''))
        }}
      >
        <label>
          {w.search}
          <input name="predicate" data-search placeholder={w.searchHint} size={38} spellcheck={false} />
        </label>
        {matchCount.value !== undefined && <output class="quiet">{w.matches(grouped(matchCount.value))}</output>}
      </form>
      <fieldset class="choice">
        <legend>{w.folded}</legend>
        {fieldNames.map((name) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={fields.includes(name)}
              onChange={(e) =>
                fold(e.currentTarget.checked ? [...fields, name] : fields.filter((field) => field !== name))
              }
            />
            {name}
          </label>
        ))}
      </fieldset>
      <GraphExport />
    </div>
  )
}

const Selected = () => {
  const w = words.value.graph
  const node = selected.value
  const look = lookOf(theme.value === 'dark', colouring())
  return (
    <aside class="side" aria-live="polite">
      <h3>{w.selected}</h3>
      {node === undefined ? (
        <p class="quiet">{w.none}</p>
      ) : (
        <>
          <ul class="facts-list">
            {described.value.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p class="row">
            <button type="button" class="primary" onClick={() => void standIn(node)}>
              {w.open}
            </button>
            <button type="button" onClick={() => void savePcapng(node)}>
              {w.pcapng}
            </button>
          </p>
          <Next />
          <p class="quiet">{w.depth(part.value?.depths[node] ?? 0)}</p>
        </>
      )}
      <p class="row">
        <label>
          {w.selected}
          <input
            type="number"
            min={0}
            max={(part.value?.nodes ?? 1) - 1}
            value={node ?? ''}
            onChange={(e) => {
              const n = e.currentTarget.valueAsNumber
              if (Number.isInteger(n) && n >= 0 && n < (part.value?.nodes ?? 0)) void select(n)
            }}
          />
        </label>
      </p>
      <h3>{w.legend}</h3>
      <ul class="legend">
        {colourNames.value !== undefined
          ? colourNames.value.map((name, i) => <Swatch key={name} colour={look.colours[i]!} text={name} />)
          : colourBy.value === 'depth'
            ? [look.colours[0]!, look.colours.at(-1)!].map((c, i) => (
                <Swatch key={c} colour={c} text={w.depth(i === 0 ? 0 : (part.value?.depths.at(-1) ?? 0))} />
              ))
            : look.colours.map((c, i) => <Swatch key={c} colour={c} text={['–', w.holds, w.violated][i]!} />)}
        <Swatch colour={look.path} text={w.pastHere} />
      </ul>
    </aside>
  )
}

const Swatch = ({ colour: fill, text }: { colour: string; text: string }) => (
  <li>
    <svg width="14" height="14" aria-hidden="true">
      <rect width="14" height="14" fill={fill} />
    </svg>{' '}
    {text}
  </li>
)

/** What can follow on the chosen state, as a table: the picture has it only as lines. */
const Next = () => {
  const w = words.value
  const { next } = described.value
  if (next.length === 0) return <p class="quiet">{part.value?.isComplete ? w.graph.ends : ''}</p>
  return (
    <table class="rows next">
      <caption>{w.bench.events}</caption>
      <tbody>
        {next.map(({ rule, to }, i) => (
          <tr key={`${i} ${to}`}>
            <td>{sentenceOf({ rule }, '', w)}</td>
            <td>
              <button type="button" disabled={to >= (part.value?.nodes ?? 0)} onClick={() => void select(to)}>
                → {to}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Fields of each connection, and of the listener. */
const coloured = (): string[] => {
  const connections = bench.value.initial.groups.length
  return fieldNames.flatMap((name) =>
    name.startsWith('listener.') ? [name] : Array.from({ length: connections }, (_, i) => `${i + 1}.${name}`),
  )
}

const savePcapng = async (node: number): Promise<void> => {
  const { path } = await ask('pathTo', { node })
  const { model, setting } = bench.value
  const name = address.value.world.scenario
  const { content, extension, type } = traceTo('pcapng', {
    name,
    setting,
    trace: traceOf(model, { initial: 0, events: path }),
  })
  download(`${name}-${node}.${extension}`, content, type)
}

const standIn = async (node: number): Promise<void> => {
  const { path } = await ask('pathTo', { node })
  takePath(path, { view: 'bench' })
}
