import type { Entry } from '../search/record.ts'
import { propertiesOf } from './identity.ts'
import { fromText } from './kept.ts'
import type { CheckpointOptions } from './store.ts'

/**
 * Takes over what was proved before the search that is to be resumed: how the worlds are searched depends on it.
 * `false`: there is nothing to take over.
 * @throws CheckerFault BAD_CHECKPOINT
 */
export function recallProofs(entries: readonly Entry[], options: CheckpointOptions | undefined): boolean {
  const text = options?.resume ? options.store.load() : undefined
  if (options === undefined || text === undefined) return false
  const kept = fromText(text, options.store.place)
  if (kept.identity.properties !== propertiesOf(entries)) return false
  entries.forEach((entry, i) => {
    const { proved } = kept.entries[i]!
    if (proved) entry.proved = proved
  })
  return true
}
