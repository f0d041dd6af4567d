/** What the last step changed, timers, counters, the whole state. */
import { countersIn, type World } from '../../../model/index.ts'
import { changeText } from '../../../traces/writers/changes.ts'
import { factsOf } from '../../../traces/writers/facts.ts'
import { words } from '../prefer.ts'
import { bench, lastStep, trace, world } from '../store.ts'

export const Aside = () => {
  const w = words.value.bench
  return (
    <>
      <section aria-labelledby="changes-heading">
        <h3 id="changes-heading">{w.changes}</h3>
        <Changes />
      </section>
      <section aria-labelledby="timers-heading">
        <h3 id="timers-heading">{w.timers}</h3>
        <Timers world={world.value} />
      </section>
      <section aria-labelledby="counters-heading">
        <h3 id="counters-heading">{w.counters}</h3>
        <Counters />
      </section>
      <details>
        <summary>{w.state}</summary>
        <Facts world={world.value} />
      </details>
    </>
  )
}

const Changes = () => {
  const w = words.value.bench
  const step = lastStep.value
  if (step === undefined) return <p class="quiet">{w.beginning}</p>
  const { changes } = step
  if (changes.length === 0) return <p class="quiet">{w.nothingChanged}</p>
  const several = bench.value.initial.groups.length > 1
  return (
    <ul class="changes">
      {changes
        .filter(({ minor }) => !minor)
        .map((c) => (
          <li key={`${c.connection} ${c.what}`}>
            {several && c.connection !== undefined ? <span class="of">{c.connection}</span> : null}
            {changeText(c)}
          </li>
        ))}
    </ul>
  )
}

const Timers = ({ world: w }: { world: World }) => {
  const timers = factsOf(w).filter(({ what }) => what.endsWith('timer') || what === 'client waits')
  if (timers.length === 0) return <p class="quiet">{words.value.bench.noTimers}</p>
  return (
    <ul class="timers">
      {timers.map(({ what, connection, value }) => (
        <li key={`${connection} ${what}`}>
          <span class="of">{connection}</span> {what}: {value}
        </li>
      ))}
    </ul>
  )
}

const Counters = () => {
  const effects = trace.value.steps.flatMap((s) => s.effects)
  const latest = lastStep.value?.effects ?? []
  const rows = (['server', 'client'] as const).flatMap((end) =>
    Object.entries(countersIn(effects, end)).map(([name, n]) => ({
      end,
      name,
      n,
      isNew: Object.hasOwn(countersIn(latest, end), name),
    })),
  )
  if (rows.length === 0) return <p class="quiet">{words.value.bench.noCounters}</p>
  return (
    <ul class="counters">
      {rows.map(({ end, name, n, isNew }) => (
        <li key={`${end} ${name}`} class={isNew ? 'changed' : ''}>
          <code>{name}</code> {n} <span class="quiet">{words.value.ends[end]}</span>
        </li>
      ))}
    </ul>
  )
}

export const Facts = ({ world: w }: { world: World }) => (
  <table class="facts">
    <tbody>
      {factsOf(w).map(({ what, connection, value }) => (
        <tr key={`${connection} ${what}`}>
          <th scope="row">{what}</th>
          <td>{connection}</td>
          <td>{value}</td>
        </tr>
      ))}
    </tbody>
  </table>
)
