import type { Explanation } from '../../state/explain.ts'
import { words } from '../prefer.ts'

/** Sub-terms, the values that each read, and which of them alone would have turned it. */
export const Why = ({ explanation, heading }: { explanation: Explanation; heading: string }) => {
  const w = words.value.properties
  return (
    <section class="why">
      <h4>
        {heading}
        {explanation.connection !== undefined && ` (${w.ofConnection(explanation.connection)})`}
      </h4>
      {explanation.terms.map((term) => (
        <table key={term.name} class="rows">
          <caption>
            {w[term.name]}: <strong class={term.says ? 'true' : 'false'}>{w.is(term.says)}</strong>
          </caption>
          <thead>
            <tr>
              <th scope="col">{w.read}</th>
              <th scope="col">{w.value}</th>
              <th scope="col">{w.turns}</th>
            </tr>
          </thead>
          <tbody>
            {term.reads.map(({ path, value, turns }) => (
              <tr key={path.join('.')} class={turns.length > 0 ? 'decides' : ''}>
                <td>
                  <code>{pathText(path)}</code>
                </td>
                <td>
                  <code>{String(value).slice(0, 40)}</code>
                </td>
                <td>{turns.length > 0 ? turns.map(String).join(', ') : w.nothingTurns}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </section>
  )
}

const pathText = (path: readonly (string | number)[]): string =>
  path.map((p, i) => (typeof p === 'number' ? `[${p}]` : i === 0 ? p : `.${p}`)).join('')
