/** Syncookies, as far as a capture shows them: connections that come back after their end, from nothing but an ACK. */
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

/**
 * The server resets, and goes on as if it had sent nothing but its SYN+ACK: at the number that an ACK of the client acknowledges,
 * whose numbers the hash of a cookie lets through. Either the SYN+ACK looks like a cookie, or it acknowledges with a number that
 * it had passed. linux: cookie_v4_check
 */
export const comesBack = (observations: readonly Observation[]): boolean => {
  if (!observations.some(({ from, flags }) => from === 'server' && flags.includes('R'))) return false
  let opening: Observation | undefined
  let wasReset = false
  let sent: Seq | undefined
  const redeemed = new Set<Seq>()
  for (const o of observations) {
    if (o.flags === 'S') [opening, wasReset, sent] = [undefined, false, undefined]
    else if (o.flags === 'S.') opening ??= o
    else if (o.from === 'client') {
      if (opening !== undefined && !o.flags.includes('R') && isLetThrough(o, opening)) redeemed.add(o.ack!)
    } else if (o.flags.includes('R')) wasReset = true
    else if (o.seq !== undefined) {
      if (wasReset && redeemed.has(o.seq) && (opening?.analysis?.cookieLike || isBefore(o, sent))) return true
      sent = sent === undefined ? segmentEnd(o.segment) : later(sent, segmentEnd(o.segment))
    }
  }
  return false
}

/** An ACK; neither a repetition nor a keepalive probe. */
const isBefore = ({ flags, len, seq }: Observation, sent: Seq | undefined): boolean =>
  flags === '.' && len === 0 && sent !== undefined && before(add(seq!, 1), sent)

const isLetThrough = ({ segment }: Observation, { seq, ack }: Observation): boolean =>
  seq !== undefined && ack !== undefined && bringsCookie({ irs: add(ack, -1), iss: seq }, segment)
