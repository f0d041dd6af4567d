/** A connection told in sentences: what each end came to believe by which packet, how it ended, why, and what would decide. */
import type { Belief, Connection } from '../../traces/index.ts'
import type { Page } from '../words/page.ts'
import { bullet } from '../words/paragraph.ts'
import type { Replayed } from './connection.ts'

export const storyText = (r: Replayed, connection: Connection, page: Page): string => {
  const sentences = [...beliefs(r.timeline(), connection), ...ending(r), ...r.diagnoses.map(told)]
  return sentences.length === 0 ? '' : `   the story\n${sentences.map((s) => bullet(page, s)).join('')}`
}

/** What a state means to the end in it; said once. RFC 9293 §3.3.2 */
const meanings: Readonly<Record<string, string>> = {
  SYN_SENT: 'it has asked for a connection',
  SYN_RECV: 'it has answered, and waits for the third ACK',
  ESTABLISHED: 'it takes the connection to be open',
  FIN_WAIT1: 'it has closed, and its FIN is not acknowledged',
  FIN_WAIT2: 'it has closed, and waits for the FIN of the other end',
  CLOSE_WAIT: 'the other end has closed, its own application has not',
  CLOSING: 'both have closed at the same time',
  LAST_ACK: 'it has closed after the other end, and waits for the last ACK',
  TIME_WAIT: 'it waits until no old segment can come any more',
  CLOSED: 'it knows of no connection',
}

/** A sentence per packet that changes something, of what it changes. */
const beliefs = (timeline: readonly Belief[], { packets }: Connection): string[] => {
  const explained = new Set<string>()
  const start = packets[0]?.time
  const timeOf = new Map(packets.map(({ number, time }) => [number, time]))
  return timeline.flatMap((belief, i) => {
    const before = timeline[i - 1]
    const changed = (['client', 'server'] as const).filter((end) => belief[end].join() !== before?.[end].join())
    if (changed.length === 0) return []
    const [time, parts] = [timeOf.get(belief.packet), changed.map((end) => endText(end, belief[end], explained))]
    const when = time === undefined || start === undefined ? '' : ` (${(time - start).toFixed(1)} s)`
    return [`by packet ${belief.packet}${when} ${parts.join('; ')}.`]
  })
}

const endText = (end: string, states: readonly string[], explained: Set<string>): string => {
  const [state, ...others] = states
  if (state === undefined || others.length > 0) return `the ${end} is ${listed(states, 'or')}`
  const meaning = explained.has(state) ? undefined : meanings[state]
  explained.add(state)
  return `the ${end} is ${state}${meaning === undefined ? '' : `: ${meaning}`}`
}

const listed = (words: readonly string[], last: string): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`

const ending = ({ divergence, alternatives }: Replayed): string[] => {
  if (divergence !== undefined)
    return [`at packet ${divergence.packet} the capture leaves the model: ${divergence.reason}.`]
  const others = (['client', 'server'] as const).flatMap((end) => {
    const states = [...new Set(alternatives.filter((a) => a.end === end).map(({ state }) => state))]
    return states.length === 0 ? [] : [`the ${end} ${listed(states, 'or')}`]
  })
  return others.length === 0
    ? []
    : [`with more invention than that, in the end ${others.join(', and ')} would be possible as well.`]
}

const sure = { certain: 'The cause', likely: 'The likeliest cause', possible: 'A possible cause' } as const

const told = ({ id, certainty, words, cause, causes, decides }: Replayed['diagnoses'][number]): string => {
  const equal = causes.filter((c) => c.words !== cause && c.cost !== undefined && c.cost === causes[0]?.cost)
  const why = [cause, ...equal.map((c) => c.words)].join('; or as well: ')
  const next = decides === undefined ? '' : ` What would decide: ${decides}.`
  return `${id} (${certainty}): ${words}. ${sure[certainty]}: ${why}.${next}`
}
