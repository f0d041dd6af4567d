/** What is concluded of a listener, in sentences with the packets that show it. */
import type { Bound } from './backlog.ts'
import type { ListenerConclusion } from './conclude.ts'
import type { FullSpan } from './queue.ts'

/** Nothing where nothing is known: a reservation alone says nothing. */
export const sentencesOf = (
  c: Omit<ListenerConclusion, 'sentences'>,
  least: Bound | undefined,
  most: Bound | undefined,
): string[] => {
  const known = [
    ...someOf(
      longest(c.full.filter(({ packets: [a, b] }) => a !== b)),
      fullText,
      (n) => `and ${n} more times, for less long each`,
    ),
    ...moments(c.full),
    ...backlogText(c, least, most),
    ...someOf(
      c.accepts,
      ({ packets: [a, b] }) => `accept() was called between packet ${a} and packet ${b}, which finds room`,
      (n) => `and so ${n} more times`,
    ),
    ...conflictText(c),
  ]
  return known.length === 0 ? [] : [...known, ...reservation(c)]
}

const reservation = ({ unexplained }: Omit<ListenerConclusion, 'sentences'>): string[] => {
  if (unexplained.length === 0) return []
  const they = unexplained.length === 1 ? 'it' : 'they'
  return [`of ${unexplained.length} of its connections too little is known: ${they} may have been in the queue as well`]
}

/** Of more than so many only the first are told. */
const MOST = 12

const someOf = <T>(all: readonly T[], text: (t: T) => string, more: (n: number) => string): string[] => [
  ...all.slice(0, MOST).map(text),
  ...(all.length > MOST ? [more(all.length - MOST)] : []),
]

/** The longest first where there are too many, in order otherwise. */
const longest = (spans: readonly FullSpan[]): readonly FullSpan[] =>
  spans.length <= MOST ? spans : [...spans].sort((a, b) => b.to - b.from - (a.to - a.from))

const fullText = ({ packets: [a, b], filled, met }: FullSpan): string => {
  const others = met.length === 1 ? `packet ${b} met it so` : `${met.length} packets met it so`
  const start = filled ? `packet ${a} filled it, ${others}` : others
  return `the accept queue was full from packet ${a} to packet ${b}: ${start}, and no connection can have entered it between`
}

/** Between these it may have had room. */
const moments = (full: readonly FullSpan[]): string[] => {
  const packets = full.flatMap(({ packets: [a, b] }) => (a === b ? [a] : []))
  if (packets.length === 0) return []
  const more = packets.length > 3 * MOST ? ` and ${packets.length - 3 * MOST} more` : ''
  return [
    `the accept queue was full when packet${packets.length > 1 ? 's' : ''} ${packets.slice(0, 3 * MOST).join(', ')}${more} came`,
  ]
}

const backlogText = (
  { backlog }: Pick<ListenerConclusion, 'backlog'>,
  least: Bound | undefined,
  most: Bound | undefined,
) => {
  if (backlog.known !== undefined || (least === undefined && most === undefined)) return []
  const range =
    least === undefined
      ? `at most ${most!.value}`
      : most === undefined
        ? `at least ${least.value}`
        : least.value === most.value
          ? `${most.value}`
          : `between ${least.value} and ${most.value}`
  const because = [
    ...(least ? [`packets ${someNumbers(least.packets)} admit requests that wait at once`] : []),
    ...(most ? [`at most ${most.value + 1} can be in the queue that packet ${most.packets[0]} met full`] : []),
  ]
  return [`backlog ${range}: ${because.join(', and ')}`]
}

/** The first of them, and how many there are: they mostly say the same. */
const conflictText = ({ conflicts, backlog }: Omit<ListenerConclusion, 'sentences'>): string[] => {
  const [first, ...more] = conflicts
  if (first === undefined) return []
  const also = more.length === 0 ? '' : ` (and so for ${more.length} more packet${more.length > 1 ? 's' : ''})`
  const or = backlog.known === undefined ? '' : `, or the backlog is not ${backlog.known}`
  return [`${first.words}${also}: the capture lacks connections that were in the queue${or}`]
}

const someNumbers = (numbers: readonly number[]): string =>
  numbers.length <= 3 * MOST
    ? numbers.join(', ')
    : `${numbers.slice(0, MOST).join(', ')}, … ${numbers.at(-1)} (${numbers.length} of them)`
