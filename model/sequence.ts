/**
 * Sequence numbers: 32 bits, compared modulo 2³². RFC 9293 §3.4.
 *
 * `a` is before `b` when the way forward from `a` to `b` is shorter than half the circle; two numbers exactly 2³¹ apart
 * have no order, and neither is before the other.
 */
declare const sequenceNumber: unique symbol

/** A sequence number: an integer in [0, 2³²). */
export type Seq = number & { readonly [sequenceNumber]: true }

const CIRCLE = 2 ** 32
const HALF = 2 ** 31

/** The sequence number congruent to `n` modulo 2³²; negative numbers count back from the wrap. */
export const seq = (n: number): Seq => (((n % CIRCLE) + CIRCLE) % CIRCLE) as Seq

/** `a + n` modulo 2³²; `n` may be negative. */
export const add = (a: Seq, n: number): Seq => seq(a + n)

/** How far `b` lies ahead of `a`, in [−2³¹, 2³¹): negative when it lies behind. */
export const distance = (a: Seq, b: Seq): number => {
  const forward = seq(b - a)
  return forward < HALF ? forward : forward - CIRCLE
}

/** a < b on the circle. */
export const before = (a: Seq, b: Seq): boolean => {
  const forward = seq(b - a)
  return forward > 0 && forward < HALF
}

/** a ≤ b on the circle. */
export const notAfter = (a: Seq, b: Seq): boolean => a === b || before(a, b)

/** a < x ≤ b: what an acceptable ACK satisfies with SND.UNA and SND.NXT. RFC 9293 §3.4. */
export const acknowledges = (una: Seq, ack: Seq, nxt: Seq): boolean => before(una, ack) && notAfter(ack, nxt)

/** x lies in [from, from + size). */
export const inWindow = (x: Seq, from: Seq, size: number): boolean => seq(x - from) < size

/** The later of two numbers on the circle. */
export const later = (a: Seq, b: Seq): Seq => (before(a, b) ? b : a)
