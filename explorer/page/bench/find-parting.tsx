import { signal } from '@preact/signals'
import { words } from '../prefer.ts'
import { address, takePath } from '../store.ts'
import { ask } from '../work.ts'

const result = signal('')
const isBusy = signal(false)

/** The shortest run of this world after which the two can be told apart. */
export const FindParting = () => {
  const w = words.value.bench
  return (
    <p class="row">
      <button type="button" disabled={isBusy.value} onClick={() => void find()}>
        {w.parts.findShortest}
      </button>
      <output class="quiet">{isBusy.value ? w.searching : result.value}</output>
    </p>
  )
}

const find = async (): Promise<void> => {
  const { world, beside } = address.value
  if (beside === undefined) return
  isBusy.value = true
  result.value = ''
  try {
    const { path, states, exhausted } = await ask('parting', { spec: world, beside })
    if (path !== undefined) takePath(path)
    else result.value = exhausted ? words.value.bench.parts.never : words.value.bench.gaveUp(`${states}`)
  } catch (error) {
    result.value = error instanceof Error ? error.message : String(error)
  } finally {
    isBusy.value = false
  }
}
