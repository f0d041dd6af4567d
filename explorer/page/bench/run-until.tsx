import { signal } from '@preact/signals'
import { readPredicate } from '../../state/predicate.ts'
import { grouped, words } from '../prefer.ts'
import { everySays } from '../properties/every.ts'
import { address, at, bench, change, steps } from '../store.ts'
import { ask } from '../work.ts'

const result = signal('')
const isBusy = signal(false)

/** Runs on by a shortest way to where the predicate holds, or the property is decided. */
export const RunUntil = () => {
  const w = words.value.bench
  const { until = '' } = address.value.more
  const { asked } = bench.value
  return (
    <form
      class="row until"
      onSubmit={(e) => {
        e.preventDefault()
        const data = new FormData(e.currentTarget)
        void runUntil(String(data.get('predicate') ?? ''), String(data.get('property') ?? ''))
      }}
    >
      <label for="until">{w.until}</label>
      <input
        id="until"
        name="predicate"
        data-search
        placeholder={w.untilHint}
        defaultValue={until}
        spellcheck={false}
        size={34}
      />
      <select name="property" aria-label={w.untilProperty}>
        <option value="">{w.untilNone}</option>
        {asked
          .filter(({ question }) => question.kind !== 'leads-to')
          .map(({ property }) => (
            <option key={property.id} value={property.id}>
              {labelled(property.id)}
            </option>
          ))}
      </select>
      <button type="submit" disabled={isBusy.value}>
        {w.untilGo}
      </button>
      <output class="quiet">{isBusy.value ? w.searching : result.value}</output>
    </form>
  )
}

/** With what is proved of it for every number of clients. */
const labelled = (id: string): string => {
  const every = everySays(id)
  return every === undefined ? id : words.value.bench.untilEvery(id, every)
}

const runUntil = async (predicate: string, property: string): Promise<void> => {
  const w = words.value.bench
  if (predicate.trim() === '' && property === '') return
  if (predicate.trim() !== '' && readPredicate(predicate) === undefined) {
    result.value = w.badPredicate
    return
  }
  isBusy.value = true
  const events = steps.value.map(({ event }) => event)
  const from = at.value
  try {
    const found = await ask('runUntil', {
      spec: address.value.world,
      path: events,
      ...(predicate.trim() === '' ? { property } : { predicate }),
    })
    if (found.path === undefined) {
      result.value = found.exhausted ? w.notFound(grouped(found.states)) : w.gaveUp(grouped(found.states))
      return
    }
    if (at.value === from) change({ path: [...events, ...found.path], at: events.length + found.path.length })
    result.value = w.found(found.path.length)
  } catch (error) {
    result.value = error instanceof Error ? error.message : String(error)
  } finally {
    isBusy.value = false
  }
}
