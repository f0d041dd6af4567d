import { words } from '../prefer.ts'
import { at, change, jump, taken } from '../store.ts'
import { randomStep, randomWalk } from './random.ts'
import { RunUntil } from './run-until.tsx'

export const Controls = () => {
  const w = words.value.bench
  const all = taken.value.steps.length
  const here = at.value
  return (
    <section aria-label={w.steps} class="controls">
      <div class="row">
        <button type="button" onClick={() => change({ path: [], at: 0 })} disabled={all === 0}>
          ⟲ {w.restart}
        </button>
        <button type="button" onClick={() => jump(here - 1)} disabled={here === 0}>
          ← {w.undo}
        </button>
        <button type="button" onClick={() => jump(here + 1)} disabled={here === all}>
          {w.redo} →
        </button>
        <button type="button" onClick={randomStep}>
          {w.random}
        </button>
        <button type="button" onClick={() => randomWalk(10)}>
          {w.randomWalk}
        </button>
        <span class="quiet">{w.step(here, all)}</span>
      </div>
      {all > 0 && (
        <input
          type="range"
          min={0}
          max={all}
          value={here}
          aria-label={w.steps}
          onInput={(e) => jump(Number(e.currentTarget.value))}
        />
      )}
      <RunUntil />
    </section>
  )
}
