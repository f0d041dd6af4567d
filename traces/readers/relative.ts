/**
 * From the numbers that tcpdump prints back to those on the wire.
 *
 * Without -S, tcpdump remembers the first packet of a conversation that has an acknowledgment, and every SYN+ACK: of the
 * sender its sequence number, of the receiver the acknowledgment number minus one. Those are printed absolute, and later
 * ones with an acknowledgment as differences. A packet without one (SYN, a bare RST) is always absolute and remembered
 * nowhere. tcpdump: print-tcp.c
 */
import { add, distance, type Seq, seq } from '../../model/sequence.ts'
import { type Endpoint, endpointText, type Numbering, type SackBlock, type TcpOptions } from '../capture.ts'
import { conversationKey, type NumberingOf } from './connections.ts'
import type { Line } from './tcpdump-line.ts'

/** What is remembered of the numbers that one end sends. */
interface End {
  /** Where its printed numbers count from, as far as the text tells. */
  base?: Seq
  numbering: Numbering
}

interface Conversation {
  readonly ends: Map<string, End>
  /** Unknown until a number tells. */
  relative?: boolean
  synSeen: boolean
  /** A packet has passed from which tcpdump counts. */
  counted: boolean
}

/** `counts`: printed as most of the conversation is; `alone`: absolute, unless whoever reprinted it thought otherwise. */
type Printed = 'absolute' | 'counts' | 'alone'

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
    const known = conversations.get(key) ?? { ends: new Map(), synSeen: false, counted: false }
    conversations.set(key, known)
    return known
  }
  for (const line of lines) decide(line, of(line.source, line.destination))
  for (const conversation of conversations.values()) {
    conversation.ends.clear()
    conversation.synSeen = false
    conversation.counted = false
  }
  const numbers = lines.map((line) => convert(line, of(line.source, line.destination)))
  return { numbers, numbering: (sender, receiver) => endOf(of(sender, receiver), sender).numbering }
}

const endOf = ({ ends }: Conversation, endpoint: Endpoint): End => {
  const key = endpointText(endpoint)
  const known = ends.get(key) ?? { numbering: 'absolute' }
  ends.set(key, known)
  return known
}

/** Remembers what tcpdump remembers, and says how the numbers of this line are printed. */
const remember = (line: Line, conversation: Conversation): Printed => {
  const source = endOf(conversation, line.source)
  const destination = endOf(conversation, line.destination)
  const isSyn = line.flags.includes('S')
  conversation.synSeen ||= isSyn
  if (line.ack === undefined) {
    if (isSyn && line.seq !== undefined && !conversation.counted) source.base = seq(line.seq)
    return isSyn ? 'absolute' : 'alone'
  }
  if (!isSyn && (conversation.counted || isExcerpt(line.ack, destination, conversation))) return 'counts'
  conversation.counted = true
  if (line.seq !== undefined) source.base = seq(line.seq)
  else if (source.base !== undefined) source.base = add(source.base, 1) // a bare ACK right after its SYN
  destination.base = seq(line.ack - 1)
  return 'absolute'
}

/**
 * The line that tcpdump counts from was left out of the text: this one, the first with an acknowledgment, is relative. A large
 * number is none: it acknowledges an earlier connection of the same ports. RFC 9293 §3.10.7.3
 */
const isExcerpt = (ack: number, { base }: End, { synSeen }: Conversation): boolean =>
  synSeen && ack < SMALL && (base === undefined || nearsZero(ack, base) === true)

/** Whether a number is nearer to zero than to what absolute numbers would be near to; undefined if that tells nothing. */
const nearsZero = (number: number, base: Seq): boolean | undefined => {
  const fromZero = Math.abs(distance(0 as Seq, seq(number)))
  const fromBase = Math.abs(distance(base, seq(number)))
  return fromZero === fromBase ? undefined : fromZero < fromBase
}

/** The first number that says anything. */
const decide = (line: Line, conversation: Conversation): void => {
  if (remember(line, conversation) !== 'counts' || conversation.relative !== undefined) return
  for (const [number, endpoint] of numbersOf(line)) {
    const { base } = endOf(conversation, endpoint)
    const near = number === undefined || base === undefined ? undefined : nearsZero(number, base)
    if (near === undefined) continue
    conversation.relative = near
    return
  }
}

const numbersOf = (line: Line) =>
  [
    [line.seq, line.source],
    [line.ack, line.destination],
  ] as const

const convert = (line: Line, conversation: Conversation): Numbers => {
  const isFirst = !conversation.counted
  const printed = remember(line, conversation)
  const relative = conversation.relative ?? conversation.synSeen
  const doubtful = !conversation.synSeen && !(isFirst && conversation.relative)
  const counted = (number: number, { base }: End): boolean =>
    relative &&
    (printed === 'counts' || (printed === 'alone' && base !== undefined && nearsZero(number, base) === true))
  const absolute = (number: number, end: End, isCounted = counted(number, end)): Seq => {
    if (!isCounted) {
      if (doubtful && number < SMALL) end.numbering = 'relative'
      return seq(number)
    }
    if (end.base === undefined) end.numbering = 'relative'
    return add(end.base ?? (0 as Seq), number)
  }
  const source = endOf(conversation, line.source)
  const peer = endOf(conversation, line.destination)
  // SACK edges are differences even where the other numbers of the line are not.
  const isUnknown = printed === 'alone' && !isFirst && source.numbering === 'relative' && !(line.seq! < SMALL)
  const edge = (number: number): Seq => absolute(number, peer, relative && line.ack !== undefined)
  const sack = line.options?.sack?.map(([l, r]): SackBlock => [edge(l), edge(r)])
  return {
    // A bare RST is absolute, whatever the rest is: where numbers are counted from an unknown one, its place is unknown.
    ...(line.seq === undefined || isUnknown ? {} : { sequence: absolute(line.seq, source) }),
    ...(line.ack === undefined ? {} : { acknowledgment: absolute(line.ack, peer) }),
    ...(line.options ? { options: sack ? { ...line.options, sack } : line.options } : {}),
  }
}
