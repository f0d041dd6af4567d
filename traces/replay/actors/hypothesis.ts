/**
 * What one end may have been. The tap sees everything that passes from one end to the other, so given the capture the two
 * ends are independent: what one may have received is what the other was seen to send. Each is searched by itself.
 */
import type { Counter, Renumbering, Segment, Seq } from '../../../model/index.ts'
import type { Invention } from '../inventions.ts'
import type { Observation } from '../packets/observation.ts'
import type { ProfileReads } from './profile-reads.ts'

/** A hypothesis about one end at one moment. */
export interface Hypothesis<E> {
  readonly end: E
  /** Segments that it has sent and the tap has not seen (yet), oldest first. */
  readonly unseen: readonly Segment[]
  /** Sent before something that the tap has seen: lost before the tap, unless it shows up late. Only the latest are kept. */
  readonly late: readonly Segment[]
  /** Segments that the tap has seen and that have not arrived (yet), oldest first. Of equal ones only the latest counts. */
  readonly due: readonly Segment[]
  /** The latest of those that others overtook beyond the tap: they may still arrive. */
  readonly stray: readonly Segment[]
  /** How many segments the wire may still deliver twice. */
  readonly copies: number
}

/** A transition of one end: its next state, the segments that it sends, and the invention that it needs. */
export interface Move<E> {
  readonly to: E
  readonly send: readonly Segment[]
  readonly cost: number
  readonly invents?: Invention
  /** What its kernel counts; absent where that is nothing. */
  readonly count?: readonly Counter[]
  /** So much of the cost is for what it sends, and the tap does not see. */
  readonly astray?: number
  /** What it becomes if the ACK that it sends waits for others of its kind. */
  readonly waiting?: E
}

/**
 * What the rest of the capture shows of an end, until it opens anew: any packet; after a silence that is long enough for a
 * retransmission, its last text, by the number at which it ends; nothing but a FIN and what repeats, while the other end still
 * sends text or not; or nothing but RSTs, where what it has to send may be held back by its congestion window or not.
 */
export type Rest = 'talks' | Seq | 'closes and listens' | 'closes' | 'silent' | 'held back'

/** The sequence numbers that bound what an end may still send. */
export interface SequenceBounds {
  readonly sndUna: Seq
  readonly sndNxt: Seq
  readonly rcvNxt: Seq
  /** Text that it holds beyond a gap, by its first number and the one after its last, in order. */
  readonly held: readonly { readonly from: Seq; readonly to: Seq }[]
  /** The number that an ACK may never fall below, where its kernel looks. */
  readonly oldestAck?: Seq
}

/** How an end behaves: what the model's reducers allow. */
export interface Actor<E> {
  readonly side: 'client' | 'server'
  /** The dialect and settings on which the answers below depend, beside the arguments. */
  readonly traits: ProfileReads
  readonly start: E
  /**
   * A segment arrives. Several moves where something hidden decides (is the accept queue full?).
   * @param iss the initial sequence number that a request made by this segment takes
   */
  arrive(end: E, segment: Segment, iss?: Seq): readonly Move<E>[]
  /** A segment arrives while the receive window is shut. */
  arriveWithoutRoom(end: E, segment: Segment): readonly Move<E>[]
  /** How many requests it has made; absent where an end makes none. */
  requests?(end: E): number
  /** The same end at other sequence numbers. */
  renumbered(end: E, by: Renumbering): E
  /** The same end as if all that it has sent before a number had been acknowledged. */
  acknowledgedUpTo(end: E, from: Seq): E
  /** The same end as if its kernel did not remember from which number on ACKs count. */
  withoutOldestAck(end: E): E
  /** The same end as if all that came before a number had been received. */
  receivedUpTo(end: E, from: Seq): E
  /** Moves that the capture does not show, given what it still shows of this end: each is an invention, or several. */
  hiddenMoves(end: E, rest: Rest): readonly Move<E>[]
  /** What the end may do of its own accord that could show as this packet. */
  emissions(end: E, o: Observation): readonly Move<E>[]
  /** Of equal segments always the same object, where the actor remembers them. */
  segment(s: Segment): Segment
  /** What its sequence numbers allow it to send from now on; `undefined`: anything. */
  standing(end: E): SequenceBounds | undefined
  /** The state, as `ss` names it. */
  name(end: E): string
}

/** One way on, at a price. */
export interface Way<E> {
  readonly to: Hypothesis<E>
  readonly cost: number
  readonly invents?: Invention
  readonly count?: readonly Counter[]
  /** So much of the cost is for segments that are lost or overtaken; absent where that is nothing. */
  readonly astray?: number
  /** A bound counted as lost what might still show, or come: without a way on the search is cut. */
  readonly isBounded?: true
}

/** The `count` member of a move or a way; none where nothing is counted. */
export const counting = (count: readonly Counter[] = []): { readonly count?: readonly Counter[] } =>
  count.length === 0 ? {} : { count }
