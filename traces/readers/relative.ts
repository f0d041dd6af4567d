/**
 * From the numbers that tcpdump prints back to those on the wire.
 *
 * Without -S, tcpdump prints absolute numbers in a SYN and in the first packet of a conversation, and afterwards the
 * difference from what it remembered then: for the sender its sequence number, for the receiver the acknowledgment
 * number minus one (print-tcp.c). After a lone SYN, whose acknowledgment field is 0, the receiver's count from -1.
 */
import { add, distance, type Seq, seq } from '../../model/sequence.ts'
import { type Endpoint, endpointText, type Numbering, type SackBlock, type TcpOptions } from '../capture.ts'
import { conversationKey, type NumberingOf } from './connections.ts'
import type { Line } from './tcpdump-line.ts'

/** What is remembered of the numbers that one end sends. */
interface End {
  /** Where its printed numbers count from, as far as the text tells. */
  base?: Seq
  /** tcpdump remembers -1 for it: the other end's SYN came later than anything that tells its ISN. */
  lone: boolean
  numbering: Numbering
}

interface Conversation {
  readonly ends: Map<string, End>
  /** Unknown until a number tells. */
  relative?: boolean
  synSeen: boolean
}

export interface Numbers {
  readonly sequence?: Seq
  readonly acknowledgment?: Seq
  readonly options?: TcpOptions
}

/** A number below this is taken for a relative one where only its size can tell: an ISN is so small once in 4096. */
const SMALL = 2 ** 20

/** The lines' numbers, absolute wherever the text tells enough; `numbering` says where it does not. */
export const absoluteNumbers = (lines: readonly Line[]): { numbers: Numbers[]; numbering: NumberingOf } => {
  const conversations = new Map<string, Conversation>()
  const of = (a: Endpoint, b: Endpoint): Conversation => {
    const key = conversationKey(a, b)
    const known = conversations.get(key) ?? { ends: new Map(), synSeen: false }
    conversations.set(key, known)
    return known
  }
  for (const line of lines) decide(line, of(line.source, line.destination))
  for (const conversation of conversations.values()) {
    conversation.ends.clear()
    conversation.synSeen = false
  }
  const numbers = lines.map((line) => convert(line, of(line.source, line.destination)))
  return { numbers, numbering: (sender, receiver) => endOf(of(sender, receiver), sender).numbering }
}

const endOf = ({ ends }: Conversation, endpoint: Endpoint): End => {
  const key = endpointText(endpoint)
  const known = ends.get(key) ?? { lone: false, numbering: 'absolute' }
  ends.set(key, known)
  return known
}

/** Remembers what tcpdump remembers. Returns whether the numbers of this line are printed absolute. */
const remember = (line: Line, conversation: Conversation): boolean => {
  const isSyn = line.flags.includes('S')
  if (conversation.ends.size > 0 && !isSyn) return false
  const source = endOf(conversation, line.source)
  const destination = endOf(conversation, line.destination)
  conversation.synSeen ||= isSyn
  source.lone = false
  if (line.seq !== undefined) source.base = seq(line.seq)
  destination.lone = line.ack === undefined
  if (line.ack !== undefined) destination.base = seq(line.ack - 1)
  return true
}

/** The first number that says anything: is it nearer to zero, or to what absolute numbers would be near to? */
const decide = (line: Line, conversation: Conversation): void => {
  if (remember(line, conversation) || conversation.relative !== undefined) return
  for (const [number, endpoint] of numbersOf(line)) {
    const { base, lone } = endOf(conversation, endpoint)
    if (number === undefined || base === undefined || lone) continue
    const fromZero = Math.abs(distance(0 as Seq, seq(number)))
    const fromBase = Math.abs(distance(base, seq(number)))
    if (fromZero === fromBase) continue
    conversation.relative = fromZero < fromBase
    return
  }
}

const numbersOf = (line: Line) =>
  [
    [line.seq, line.source],
    [line.ack, line.destination],
  ] as const

const convert = (line: Line, conversation: Conversation): Numbers => {
  const isFirst = conversation.ends.size === 0
  const printedAbsolute = remember(line, conversation)
  const relative = !printedAbsolute && (conversation.relative ?? conversation.synSeen)
  const doubtful = !conversation.synSeen && !(isFirst && conversation.relative)
  const absolute = (number: number, end: End): Seq => {
    if (!relative) {
      if (doubtful && number < SMALL) end.numbering = 'relative'
      return seq(number)
    }
    if (end.lone && number >= SMALL) return seq(number - 1)
    if (end.base === undefined) end.numbering = 'relative'
    return add(end.base ?? (0 as Seq), number)
  }
  const source = endOf(conversation, line.source)
  const peer = endOf(conversation, line.destination)
  const sack = line.options?.sack?.map(([l, r]): SackBlock => [absolute(l, peer), absolute(r, peer)])
  return {
    ...(line.seq === undefined ? {} : { sequence: absolute(line.seq, source) }),
    ...(line.ack === undefined ? {} : { acknowledgment: absolute(line.ack, peer) }),
    ...(line.options ? { options: sack ? { ...line.options, sack } : line.options } : {}),
  }
}
