/**
 * SYN cookies: instead of keeping a request, the listener sends a SYN+ACK whose number says all that it must know when the
 * ACK comes. linux: net/ipv4/syncookies.c · RFC 4987 §3.6
 *
 * The kernel proves a number by a hash; the model remembers what the hash would prove, and no rule looks at it otherwise.
 */
import type { Stack } from '../config.ts'
import { hasAck, hasRst, hasSyn, type Segment } from '../segment.ts'
import { add, distance, type Seq } from '../sequence.ts'

/** What the last cookie for a 4-tuple stands for. */
export interface Cookie {
  readonly irs: Seq
  readonly iss: Seq
}

/** The hash takes in the index of the MSS, one of four: so many bytes may be missing in front, and nobody notices. linux: cookie_v4_check */
const MSS_INDEX = 3

/** A segment that reaches a listener and might bring a cookie back. linux: tcp_v4_cookie_check, tcp_v4_do_rcv */
export const mayBringCookie = (s: Segment, stack: Stack): boolean =>
  stack.sysctls.tcp_syncookies !== 0 && hasAck(s) && !hasSyn(s) && !hasRst(s)

/** It acknowledges the cookie, and its number is that of the first byte or up to three later. */
export const bringsCookie = (cookie: Cookie | undefined, s: Segment): boolean => {
  if (cookie === undefined || s.ack !== add(cookie.iss, 1)) return false
  const skipped = distance(add(cookie.irs, 1), s.seq)
  return skipped >= 0 && skipped <= MSS_INDEX
}

/** The two initial sequence numbers, as the ACK tells them. */
export const numbersOf = (s: Segment): Cookie => ({ irs: add(s.seq, -1), iss: add(s.ack ?? s.seq, -1) })
