import { useState } from 'preact/hooks'
import { sequenceSvg } from '../../../traces/writers/sequence-svg.ts'
import { traceOf } from '../../../traces/writers/trace.ts'
import { explain } from '../../state/explain.ts'
import type { AskedProperty } from '../../state/run.ts'
import { palette, sequenceWords } from '../parts/palette.ts'
import { words } from '../prefer.ts'
import { at, bench, steps, taken, takePath, world } from '../store.ts'
import type { Run } from './properties.tsx'
import { Why } from './why.tsx'

interface Props {
  readonly asked: AskedProperty
  readonly runs: readonly Run[]
  readonly verdict: string | undefined
  readonly onAnother: () => void
}

export const Counterexample = ({ asked, runs, verdict, onAnother }: Props) => {
  const w = words.value.properties
  const [tab, setTab] = useState(0)
  const run = runs[Math.min(tab, runs.length - 1)]
  const isDecided = verdict === 'violated' || verdict === 'reached'
  const canVary = verdict === 'holds' || (isDecided && asked.question.kind !== 'leads-to')
  return (
    <>
      {(runs.length > 0 || canVary) && (
        <div class="row tabs" role="group" aria-label={verdict === 'violated' ? w.counterexample : w.examples}>
          {runs.map((r, i) => (
            <button key={i} type="button" aria-pressed={r === run} onClick={() => setTab(i)}>
              {verdict === 'violated' ? w.counterexample : w.witness} {i + 1} ({r.path.events.length})
            </button>
          ))}
          {canVary && (
            <button type="button" onClick={onAnother}>
              {runs.length > 0 ? w.another : w.example}
            </button>
          )}
        </div>
      )}
      {run ? <RunOf asked={asked} run={run} /> : verdict !== undefined && <p class="quiet">{w.noPath}</p>}
      <HereNow asked={asked} />
    </>
  )
}

const RunOf = ({ asked, run: { path, group } }: { asked: AskedProperty; run: Run }) => {
  const w = words.value.properties
  const { model } = bench.value
  const trace = traceOf(model, path)
  const last = trace.steps.at(-1)
  const before = trace.steps.at(-2)?.world ?? trace.initial
  const explanation = explain(
    bench.value,
    asked,
    { world: last?.world ?? trace.initial, ...(last && { before, step: last }) },
    group,
  )
  const { loop } = path
  return (
    <>
      <p class="row">
        <button type="button" class="primary" onClick={() => takePath(path.events, { view: 'bench' })}>
          {w.open}
        </button>
      </p>
      {loop !== undefined && <p class="lasso">↻ {loop === path.events.length ? w.stays : w.lasso(loop)}</p>}
      {explanation && <Why explanation={explanation} heading={w.why} />}
      <div class="scroll small" tabIndex={0} role="img" aria-label={`${w.counterexample}: ${path.events.length}`}>
        <div dangerouslySetInnerHTML={{ __html: sequenceSvg(trace, palette, sequenceWords()) }} />
      </div>
    </>
  )
}

/** The same property in the state of the bench. */
const HereNow = ({ asked }: { asked: AskedProperty }) => {
  const w = words.value.properties
  const step = steps.value.at(-1)
  const before = at.value > 1 ? taken.value.steps[at.value - 2]!.world : bench.value.initial
  const explanation = explain(bench.value, asked, { world: world.value, ...(step && { before, step }) })
  if (explanation === undefined) return null
  return (
    <details>
      <summary>
        {w.hereNow}:{' '}
        <span class={`verdict ${explanation.verdict.replace(' ', '-')}`}>{w.verdicts[explanation.verdict]}</span>
      </summary>
      <Why explanation={explanation} heading={w.why} />
    </details>
  )
}
