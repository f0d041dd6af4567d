/** What bounds a search, and the stages in which it is widened. */
import type { Side } from '../packets/side.ts'

export interface Limits {
  /** Hidden steps between two packets. */
  readonly hidden: number
  /** How much dearer than the cheapest a hypothesis may be. */
  readonly slack: number
  /** Another kernel explains the capture with less: where the cheapest hypothesis costs more than is enough, only the cheapest are kept. */
  readonly isBounded: boolean
  /** Hypotheses kept per layer. */
  readonly width: number
  /** Segments that the wire may deliver twice; none unless told. */
  readonly copies: number
  /** RSTs may have overtaken what the tap saw after them. */
  readonly resetsOvertake: boolean
  /** Where no clock tells in which order an end has sent its packets, their numbers do. */
  readonly numbersOrder: boolean
  /** Hypotheses in all; where there would be more, the search gives up. */
  readonly most: number
  /** The tap is the interface of this end: what it has seen come has arrived at once. */
  readonly tapAt?: Side
  /** The capture is short: more hypotheses may be kept at each packet. */
  readonly isShort: boolean
}

const narrow: Limits = {
  hidden: 5,
  slack: 3,
  isBounded: false,
  width: 5_000,
  copies: 0,
  resetsOvertake: false,
  numbersOrder: true,
  most: Number.POSITIVE_INFINITY,
  isShort: true,
}
const wide: Limits = { ...narrow, hidden: 6, slack: 8 }
/** Any order that is near the one seen: too many to follow them far. */
const anyOrder = { numbersOrder: false, most: 200_000 }

/** Narrow first; wider only where nothing explains the capture, so that no divergence is for want of invention. */
export const stages: readonly Limits[] = [
  narrow,
  { ...narrow, resetsOvertake: true },
  wide,
  { ...narrow, ...anyOrder },
  { ...wide, ...anyOrder },
]

/** Packets of a capture that is short. */
export const SHORT = 60
