/** What the connections of a listener tell together, for people. */
import type { ListenerConclusion } from '../../traces/index.ts'
import { count } from '../words/number.ts'
import type { Page } from '../words/page.ts'
import { bullet, paragraph } from '../words/paragraph.ts'

/** Nothing where they tell nothing. @param all also in which order they entered the queue, and those accepted */
export const listenerText = (l: ListenerConclusion, all: boolean, page: Page): string => {
  const sentences = [...l.sentences, ...(all ? orderOf(l) : [])]
  if (sentences.length === 0) return ''
  const head = `${page.paint('bold', l.listener)}, ${count(l.connections, 'connection')} together, ${l.certainty}`
  return `\n${paragraph(page, '', head, 2)}${sentences.map((sentence) => bullet(page, sentence)).join('')}`
}

const orderOf = ({ promoted, accepted }: ListenerConclusion): string[] => [
  ...(promoted.length > 1 ? [`they entered the accept queue in this order: ${some(promoted.map(togetherText))}`] : []),
  ...(accepted.length > 0
    ? [`the application was seen to use: ${some(accepted.map(({ client, packet }) => `${client} (packet ${packet})`))}`]
    : []),
]

const togetherText = (clients: readonly string[]): string => clients.join(' or ')

/** Of a listener with more clients than this only the first are named. */
const MOST = 64

const some = (names: readonly string[]): string =>
  names.length <= MOST ? names.join(', ') : `${names.slice(0, MOST).join(', ')} and ${names.length - MOST} more`
