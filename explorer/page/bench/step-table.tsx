/** The lifelines again, as a table: for screen readers, and to jump to any step. */
import { changeText } from '../../../traces/writers/changes.ts'
import { sentenceOf } from '../../words/sentence.ts'
import { words } from '../prefer.ts'
import { at, jump, trace } from '../store.ts'

export const StepTable = () => {
  const w = words.value
  return (
    <details class="step-table">
      <summary>{w.bench.table}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{w.bench.tableStep}</th>
            <th scope="col">{w.bench.tableEvent}</th>
            <th scope="col">{w.bench.tableChanges}</th>
          </tr>
        </thead>
        <tbody>
          {trace.value.steps.map((step) => (
            <tr key={step.number} class={step.number === at.value ? 'here' : ''}>
              <td>
                <button type="button" onClick={() => jump(step.number)}>
                  {step.number}
                </button>
              </td>
              <td>
                {sentenceOf({ rule: step.rule }, step.note, w)} {step.note && <code>{step.note}</code>}
              </td>
              <td>
                {step.changes
                  .filter(({ minor }) => !minor)
                  .map(changeText)
                  .join(' · ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
