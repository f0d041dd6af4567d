/** What a socket listing and counters add, in sentences. */
import { type Counter, counters as known } from '../../model/index.ts'
import type { ListingExplanation } from '../../traces/index.ts'
import { grouped } from '../words/number.ts'
import type { Paint } from '../words/paint.ts'
import { wrapped } from '../words/table.ts'
import type { Evidence } from './evidence.ts'

const bullet = (text: string): string => `   · ${wrapped(text, 104, '     ')}\n`

export const evidenceText = ({ sockets, counters, settings }: Evidence, paint: Paint): string =>
  [
    ...(sockets ? [listingText(sockets, paint)] : []),
    ...(counters ? [countersText(counters, paint)] : []),
    ...(settings ? [settingsText(settings, paint)] : []),
  ].join('\n')

const settingsText = ({ file, sysctls }: NonNullable<Evidence['settings']>, paint: Paint): string => {
  const set = Object.entries(sysctls).map(([name, value]) => `${name} ${value}`)
  return `${paint('bold', 'The settings')} of ${file}, which the server was replayed with\n${set.length > 0 ? bullet(set.join(', ')) : ''}`
}

const listingText = ({ listeners, notes }: ListingExplanation, paint: Paint): string =>
  [
    ...listeners.flatMap((l) => [
      `${paint('bold', 'The sockets')}, most economically explained\n`,
      ...l.because.map(bullet),
      ...(l.unless.length > 0 ? ['   unless\n', ...l.unless.map(bullet)] : []),
      ...l.notes.map(bullet),
    ]),
    ...notes.map((note) => `   note: ${wrapped(note, 100, '     ')}\n`),
  ].join('')

const countersText = ({ are, values }: NonNullable<Evidence['counters']>, paint: Paint): string => {
  const entries = Object.entries(values)
  const head = `${paint('bold', 'The counters')}, ${are === 'between' ? 'between the two readings' : 'since boot: a single reading dates nothing'}\n`
  if (entries.length === 0) return `${head}${bullet('none of those that the model knows has moved')}`
  return head + entries.map(([name, n]) => bullet(`${name} ${grouped(n)}: ${known[name as Counter]}`)).join('')
}
