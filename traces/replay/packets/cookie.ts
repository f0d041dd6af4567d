/** Syncookies, as far as a capture shows them: SYN+ACKs like them, and connections that come back after their end, from an ACK alone. */
import { add, before, bringsCookie, later, type Seq, segmentEnd } from '../../../model/index.ts'
import type { Packet } from '../../capture.ts'
import type { Observation } from './observation.ts'

/** Whether a SYN+ACK may be one: without timestamps a cookie has no room for window scale and SACK. linux: cookie_v4_init_sequence */
export const isLikeCookie = (answer: Packet, syn: Packet | undefined): boolean => {
  const [offers, grants] = [syn?.options, answer.options]
  if (offers === undefined || grants === undefined) return false
  const asks = offers.windowScale !== undefined || offers.sackPermitted === true
  return asks && grants.timestamp === undefined && grants.windowScale === undefined && !grants.sackPermitted
}

/** Whether a SYN+ACK grants what no cookie could remember: one without timestamps forgets it. linux: cookie_v4_init_sequence, tcp_clear_options */
export const grantsTooMuch = ({ options }: Packet): boolean =>
  options !== undefined &&
  options.timestamp === undefined &&
  (options.windowScale !== undefined || options.sackPermitted === true)

/**
 * Whether the SYN+ACKs that answer a repeated SYN may be cookies: not repeated then, but sent anew. Cookies of one client keep what
 * they grant in the low bits of their timestamps, in all of them the same. linux: tcp_conn_request, cookie_init_timestamp (TSBITS)
 */
export const mayBeCookies = (observations: readonly Observation[]): boolean => {
  const answers = observations.filter(({ from, flags }) => from === 'server' && flags === 'S.')
  if (answers.length < 2 || observations.filter(({ flags }) => flags === 'S').length < 2) return false
  const numbers = new Set(answers.map(({ seq }) => seq))
  return [...numbers].some((number) => {
    const [first, ...more] = answers.filter(({ seq }) => seq === number)
    const rest = lowBits(first!)
    return !first!.analysis?.grantsTooMuch && more.every((o) => !o.analysis?.grantsTooMuch && lowBits(o) === rest)
  })
}

/** Where a cookie keeps the options that it grants. linux: TSBITS */
const lowBits = ({ clock }: Observation): number | undefined => (clock === undefined ? undefined : clock % 64)

/**
 * The server resets, and goes on as if it had sent nothing but its SYN+ACK: at the number that an ACK of the client acknowledges,
 * whose numbers the hash of a cookie lets through. The SYN+ACK looks like a cookie; or the server acknowledges with a number that
 * it had passed; or what it has reset is a first segment that no hash lets through, while a request would have taken it.
 * linux: cookie_v4_check, tcp_check_req
 */
export const comesBack = (observations: readonly Observation[]): boolean => {
  if (!observations.some(({ from, flags }) => from === 'server' && flags.includes('R'))) return false
  let since = newSince()
  for (const o of observations) {
    if (o.flags === 'S') since = newSince()
    else if (o.flags === 'S.') since = since.opening === undefined ? { ...since, opening: o, sent: endOf(o) } : since
    else if (o.from === 'client') since = afterClient(since, o)
    else if (o.flags.includes('R'))
      since = { ...since, wasReset: true, wasRefused: since.wasRefused || refuses(o, since) }
    else if (o.seq !== undefined) {
      if (since.wasReset && since.redeemed.has(o.seq) && showsCookie(o, since)) return true
      since = { ...since, sent: since.sent === undefined ? endOf(o) : later(since.sent, endOf(o)) }
    }
  }
  return false
}

/** What has passed since the SYN. */
interface Since {
  readonly opening?: Observation
  readonly wasReset: boolean
  /** It has reset what no cookie lets through, before it sent anything but its SYN+ACK. */
  readonly wasRefused: boolean
  /** Up to where the server has sent. */
  readonly sent?: Seq
  /** Numbers that ACKs acknowledge which a cookie lets through. */
  readonly redeemed: Set<Seq>
  /** The client's last segment, if no cookie lets it through. */
  readonly stray?: Observation
}

const newSince = (): Since => ({ wasReset: false, wasRefused: false, redeemed: new Set() })

const afterClient = (since: Since, o: Observation): Since => {
  const { stray: _, ...rest } = since
  if (since.opening === undefined || o.flags.includes('R')) return rest
  if (!isLetThrough(o, since.opening)) return { ...rest, stray: o }
  since.redeemed.add(o.ack!)
  return rest
}

/** A RST of no socket, at the number that the segment acknowledges. RFC 9293 §3.10.7.1 */
const refuses = ({ flags, seq }: Observation, { opening, sent, stray }: Since): boolean =>
  flags === 'R' && stray?.ack !== undefined && seq === stray.ack && opening !== undefined && sent === endOf(opening)

const showsCookie = (o: Observation, { opening, sent, wasRefused }: Since): boolean =>
  opening?.analysis?.cookieLike === true || wasRefused || isBefore(o, sent)

const endOf = ({ segment }: Observation): Seq => segmentEnd(segment)

/** An ACK; neither a repetition nor a keepalive probe. */
const isBefore = ({ flags, len, seq }: Observation, sent: Seq | undefined): boolean =>
  flags === '.' && len === 0 && sent !== undefined && before(add(seq!, 1), sent)

const isLetThrough = ({ segment }: Observation, { seq, ack }: Observation): boolean =>
  seq !== undefined && ack !== undefined && bringsCookie({ irs: add(ack, -1), iss: seq }, segment)
