/** What the form of a RST tells of what sent it. RFC 9293 §3.10.7.1, RFC 7323 §3.2 */
import { has, type Said, type Talk } from './talk.ts'

/**
 * `no socket`: a bare RST with the acknowledgment number of what it answers, no window, no timestamp (linux:
 * tcp_v4_send_reset). `socket`: RST and ACK with the window and the timestamp of a socket that aborts (linux:
 * tcp_send_active_reset). `neither` is what no Linux socket sends there; `unknown` where the capture does not tell.
 */
export type ResetForm = 'no socket' | 'socket' | 'neither' | 'unknown'

export const formOf = ({ said }: Talk, reset: Said): ResetForm => {
  // A text prints no options where there are none; where it prints none at all, they may have been left out.
  const told = reset.options !== undefined || said.some((s) => s.from === reset.from && s.options !== undefined)
  if (!told) return 'unknown'
  const own = said.filter((s) => s.from === reset.from && s.at < reset.at && !/[SR]/.test(s.flags))
  const stamped = said.filter((s) => s.flags === 'S.' && s.options?.timestamp).length > 0 || own.some(isStamped)
  if (!has(reset, '.')) return isStamped(reset) ? 'neither' : 'no socket'
  if (!stamped) return 'unknown'
  return isStamped(reset) ? 'socket' : 'neither'
}

const isStamped = (s: Said): boolean => s.options?.timestamp !== undefined

/** What its other packets never have: a time to live. One sentence each. */
export const oddTraits = ({ said }: Talk, reset: Said): string[] => {
  const others = said.filter((s) => s.from === reset.from && s !== reset && s.hops !== undefined && !has(s, 'R'))
  if (reset.hops === undefined || others.length < 2 || others.some((s) => s.hops === reset.hops)) return []
  const usual = [...new Set(others.map((s) => s.hops))]
  return usual.length > 1
    ? []
    : [`its time to live is ${reset.hops}, that of the other packets of the ${reset.from} ${usual[0]}`]
}

/** Seconds of silence before a packet; undefined where the capture does not tell. */
export const silenceBefore = ({ said }: Talk, s: Said): number | undefined => {
  const last = said.findLast((x) => x.at < s.at && (x.seq !== s.seq || x.from !== s.from))
  return last?.time === undefined || s.time === undefined ? undefined : s.time - last.time
}

/** Seconds: no translation or firewall forgets a connection sooner. RFC 5382 §5 asks for 2 hours and 4 minutes, and few give it */
export const LEAST_IDLE_TIMEOUT = 60
