/** What a socket listing and counters add, in sentences. */
import { type Counter, counters as known } from '../../model/index.ts'
import type { ListingExplanation } from '../../traces/index.ts'
import { grouped } from '../words/number.ts'
import type { Page } from '../words/page.ts'
import { bullet, paragraph } from '../words/paragraph.ts'
import type { Evidence } from './evidence.ts'

export const evidenceText = ({ sockets, counters, settings }: Evidence, page: Page): string =>
  [
    ...(sockets ? [listingText(sockets, page)] : []),
    ...(counters ? [countersText(counters, page)] : []),
    ...(settings ? [settingsText(settings, page)] : []),
  ].join('\n')

const settingsText = ({ file, sysctls }: NonNullable<Evidence['settings']>, page: Page): string => {
  const set = Object.entries(sysctls).map(([name, value]) => `${name} ${value}`)
  return `${page.paint('bold', 'The settings')} of ${file}, which the server was replayed with\n${set.length > 0 ? bullet(page, set.join(', ')) : ''}`
}

const listingText = ({ listeners, notes }: ListingExplanation, page: Page): string =>
  [
    ...listeners.flatMap((l) => [
      `${page.paint('bold', 'The sockets')}, most economically explained\n`,
      ...l.because.map((why) => bullet(page, why)),
      ...(l.unless.length > 0 ? ['   unless\n', ...l.unless.map((why) => bullet(page, why))] : []),
      ...l.notes.map((note) => bullet(page, note)),
    ]),
    ...notes.map((note) => paragraph(page, '   note: ', note, 5)),
  ].join('')

const countersText = ({ are, values }: NonNullable<Evidence['counters']>, page: Page): string => {
  const entries = Object.entries(values)
  const head = `${page.paint('bold', 'The counters')}, ${are === 'between' ? 'between the two readings' : 'since boot: a single reading dates nothing'}\n`
  if (entries.length === 0) return `${head}${bullet(page, 'none of those that the model knows has moved')}`
  return head + entries.map(([name, n]) => bullet(page, `${name} ${grouped(n)}: ${known[name as Counter]}`)).join('')
}
