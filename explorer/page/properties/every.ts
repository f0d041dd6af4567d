/** What is proved of a property for every number of clients, in words. */
import { everyVerdictOf } from '../../state/every.ts'
import { words } from '../prefer.ts'
import { address } from '../store.ts'

export const everySays = (id: string): string | undefined => {
  const w = words.value.properties
  const every = everyVerdictOf(address.value.world, id)
  return every && w.everySays(w.verdicts[every.verdict] ?? every.verdict, every.clients, every.orMore)
}
