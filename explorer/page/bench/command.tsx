import { useState } from 'preact/hooks'
import { traceCommand } from '../../state/command.ts'
import { words } from '../prefer.ts'
import { bench, steps } from '../store.ts'

/** What was made by hand, for the terminal: on this machine's kernel, or drawn. Written when it is looked at. */
export const Command = () => {
  const w = words.value.bench
  const [isOpen, setOpen] = useState(false)
  if (steps.value.length === 0) return null
  return (
    <details class="command" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{w.command}</summary>
      {isOpen && (
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
      )}
    </details>
  )
}
