import { traceCommand } from '../../state/command.ts'
import { words } from '../prefer.ts'
import { bench, steps } from '../store.ts'

/** What was made by hand, for the terminal: on this machine's kernel, or drawn. */
export const Command = () => {
  const w = words.value.bench
  if (steps.value.length === 0) return null
  return (
    <section class="command" aria-labelledby="command-heading">
      <h3 id="command-heading">{w.command}</h3>
      <dl>
        <dt>{w.onKernel}</dt>
        <dd>
          <code>{traceCommand('run', bench.value, steps.value)}</code>
        </dd>
        <dt>{w.drawn}</dt>
        <dd>
          <code>{traceCommand('show', bench.value, steps.value)}</code>
        </dd>
      </dl>
    </section>
  )
}
