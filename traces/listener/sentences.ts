/** What is concluded of a listener, in sentences with the packets that show it. */
import type { Bound } from './backlog.ts'
import type { ListenerConclusion } from './conclude.ts'
import type { FullSpan } from './queue.ts'

export const sentencesOf = (
  c: Omit<ListenerConclusion, 'sentences'>,
  least: Bound | undefined,
  most: Bound | undefined,
): string[] => [
  ...c.full.filter(({ packets: [a, b] }) => a !== b).map(fullText),
  ...moments(c.full),
  ...backlogText(c, least, most),
  ...c.accepts.map(
    ({ packets: [a, b] }) => `accept() was called between packet ${a} and packet ${b}, which finds room`,
  ),
  ...conflictText(c),
  ...(c.unexplained.length === 0
    ? []
    : [`${c.unexplained.length} of its connections cannot be explained: they may have been in the queue as well`]),
]

const fullText = ({ packets: [a, b], filled, met }: FullSpan): string => {
  const others = met.length === 1 ? `packet ${b} met it so` : `${met.length} packets met it so`
  const start = filled ? `packet ${a} filled it, ${others}` : others
  return `the accept queue was full from packet ${a} to packet ${b}: ${start}, and nobody can have entered it between`
}

/** Between these it may have had room. */
const moments = (full: readonly FullSpan[]): string[] => {
  const packets = full.flatMap(({ packets: [a, b] }) => (a === b ? [a] : []))
  return packets.length === 0
    ? []
    : [`the accept queue was full when packet${packets.length > 1 ? 's' : ''} ${packets.join(', ')} came`]
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
    ...(least ? [`packets ${least.packets.join(', ')} admit requests that wait at once`] : []),
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
