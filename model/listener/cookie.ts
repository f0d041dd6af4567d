/**
 * SYN cookies: instead of keeping a request, the listener sends a SYN+ACK whose number says all that it must know when the
 * ACK comes. linux: net/ipv4/syncookies.c · RFC 4987 §3.6
 *
 * The kernel proves a number by a hash; the model remembers what the hash would prove, and no rule looks at it otherwise.
 */
import type { Stack } from '../config.ts'
import { type Agreed, agreed, understood } from '../options.ts'
import { hasAck, hasRst, hasSyn, type Segment } from '../segment.ts'
import { add, distance, type Seq } from '../sequence.ts'

/** What the last cookie for a 4-tuple stands for. */
export interface Cookie {
  readonly irs: Seq
  readonly iss: Seq
  /** What its SYN+ACK grants: all of it only with timestamps, which then carry the rest. */
  readonly options?: Agreed
}

/** All that a cookie can say of an MSS is which of these it is not below. linux: msstab */
const MSS_CLASSES = [536, 1300, 1440, 1460] as const

const mssIndex = ({ options }: Cookie): number =>
  options === undefined
    ? MSS_CLASSES.length - 1
    : Math.max(
        0,
        MSS_CLASSES.findLastIndex((mss) => mss <= options.mss),
      )

/** linux: cookie_init_sequence; without a timestamp to carry them all options but the MSS are given up (tcp_clear_options) */
export const cookieFor = (s: Segment, iss: Seq, stack: Stack): Cookie => {
  const { options } = agreed(s, stack)
  if (options === undefined) return { irs: s.seq, iss }
  return { irs: s.seq, iss, options: options.recent === undefined ? { mss: options.mss } : options }
}

/** A segment that reaches a listener and might bring a cookie back. linux: tcp_v4_cookie_check, tcp_v4_do_rcv */
export const mayBringCookie = (s: Segment, stack: Stack): boolean =>
  stack.sysctls.tcp_syncookies !== 0 && hasAck(s) && !hasSyn(s) && !hasRst(s)

/**
 * The hash proves the index of the MSS, one of four, and only how far both numbers lie apart: an ACK from later in the
 * connection proves as much as the first, and bytes that are missing in front lower the index. linux: check_tcp_syn_cookie
 */
const indexTold = (cookie: Cookie, { seq, ack }: Segment): number | undefined =>
  ack === undefined
    ? undefined
    : mssIndex(cookie) + distance(add(cookie.iss, 1), ack) - distance(add(cookie.irs, 1), seq)

/** It acknowledges the cookie, or what was sent after it. */
export const bringsCookie = (cookie: Cookie | undefined, s: Segment): boolean => {
  const index = cookie && indexTold(cookie, s)
  return index !== undefined && MSS_CLASSES[index] !== undefined
}

/** What the ACK tells: the two initial sequence numbers, an MSS, and by the echo of its timestamp the other options. */
export const toldBy = (s: Segment, cookie: Cookie | undefined, stack: Stack): Cookie => {
  const told = { irs: add(s.seq, -1), iss: add(s.ack ?? s.seq, -1) }
  if (cookie?.options === undefined) return told
  const mss = MSS_CLASSES[indexTold(cookie, s) ?? 0] ?? MSS_CLASSES[0]
  const timestamp = understood(s, stack).timestamp
  return {
    ...told,
    options: timestamp?.echo === undefined ? { mss } : { ...cookie.options, mss, recent: timestamp.val },
  }
}
