/**
 * One step of the search: from the hypotheses before a packet to those after it. Equal steps are one object, however often
 * a capture takes them, and whatever capture it is.
 */
import type { Hypothesis } from '../actors/hypothesis.ts'
import type { Step } from './layer.ts'
import type { Asked } from './memo.ts'

/** The hypotheses that hold between two packets, in numbers of the frame there. */
export interface Hypotheses<E> {
  /** Equal for equal ones of one table. */
  readonly id: number
  readonly all: readonly Believed<E>[]
}

export interface Believed<E> {
  readonly h: Hypothesis<E>
  /** Least cost of getting here, beyond the cheapest of these. */
  readonly cost: number
  /** It may hold until the next packet, and the next packet may follow from it. Otherwise it only leads to others here. */
  readonly isHeld: boolean
  readonly isFollowed: boolean
}

export interface Edge extends Step {
  /** The source is one of the same hypotheses; otherwise one before the packet. */
  readonly isHidden: boolean
  /** Its index among them. */
  readonly source: number
}

export interface Transition<E> {
  /** Nothing explains the packet: no hypotheses are left. */
  readonly to: Hypotheses<E>
  /** By how much the cheapest are dearer than the cheapest before the packet. */
  readonly dearer: number
  /** By index of the hypothesis to which they lead. */
  readonly edges: readonly (readonly Edge[])[]
  /** The bound on hypotheses cut something off. */
  readonly cut: boolean
  /** The greatest cost of which it mattered whether it is more than enough. */
  readonly dearest: number
  /** Hypotheses that were looked at. */
  readonly looked: number
  /** Questions to the kernel on the way. */
  readonly asked: Asked<E>
}
