/**
 * TCP options: what a SYN offers, what a SYN+ACK grants, and the timestamps that every later segment carries.
 * RFC 9293 §3.2, RFC 7323, RFC 2018 · linux: tcp_syn_options, tcp_synack_options, tcp_parse_options
 */
import type { Stack } from './config.ts'
import type { Reaction } from './reaction.ts'
import { hasRst, hasSyn, type Options, type Segment } from './segment.ts'

/** What a connection has settled on, as one end knows it. */
export interface Agreed {
  /** The most bytes of text that the peer takes in one segment. */
  readonly mss: number
  /** How far the peer's windows are shifted; absent: neither end's are. */
  readonly windowScale?: number
  readonly sack?: true
  /** TS.Recent: the latest timestamp of the peer that is in sequence; absent: there are no timestamps. */
  readonly recent?: number
}

/** The MSS of a peer that does not say. RFC 9293 §3.7.1 */
const DEFAULT_MSS = 536

/** A window without a scale. RFC 7323 §2.1 */
const LARGEST_UNSCALED = 65_535

/** What a SYN offers; nothing without `offers`. linux: tcp_syn_options */
export const offer = ({ offers, sysctls }: Stack): Pick<Segment, 'options'> =>
  offers === undefined
    ? {}
    : {
        options: {
          mss: offers.mss,
          ...(sysctls.tcp_window_scaling === 0 ? {} : { windowScale: offers.windowScale }),
          ...(sysctls.tcp_sack === 0 ? {} : { sack: true as const }),
          ...(sysctls.tcp_timestamps === 0 ? {} : { timestamp: { val: offers.clock } }),
        },
      }

/** Of a SYN's options, those that the sysctls let a host see. linux: tcp_parse_options */
export const understood = ({ options = {} }: Segment, { sysctls }: Stack): Options => ({
  mss: options.mss ?? DEFAULT_MSS,
  ...(sysctls.tcp_window_scaling === 0 || options.windowScale === undefined
    ? {}
    : { windowScale: options.windowScale }),
  ...(sysctls.tcp_sack === 0 || !options.sack ? {} : { sack: options.sack }),
  ...(sysctls.tcp_timestamps === 0 || options.timestamp === undefined ? {} : { timestamp: options.timestamp }),
})

/** What the own clock says in a SYN that is sent now; undefined where it has no timestamp. */
export const stampOf = ({ offers, sysctls }: Stack): number | undefined =>
  sysctls.tcp_timestamps === 0 ? undefined : offers?.clock

/**
 * The echo is of no SYN that was sent since `first`, by the own clock: it answers another connection's. 0 is no echo.
 * linux: tcp_rcv_synsent_state_process
 */
export const isStrangeEcho = (first: number | undefined, { options }: Segment, { offers }: Stack): boolean => {
  const echo = options?.timestamp?.echo
  if (first === undefined || offers === undefined || !echo) return false
  return (offers.clock - first) >>> 0 < (echo - first) >>> 0
}

/** What is settled once the peer's SYN or SYN+ACK is here; nothing without `offers`. */
export const agreed = (s: Segment, stack: Stack): { readonly options?: Agreed } => {
  if (stack.offers === undefined) return {}
  const { mss = DEFAULT_MSS, timestamp, ...rest } = understood(s, stack)
  return { options: { mss, ...rest, ...(timestamp === undefined ? {} : { recent: timestamp.val }) } }
}

/** A SYN+ACK grants what both want, and says the own side of it. linux: tcp_synack_options */
export const grant = (options: Agreed | undefined, { offers }: Stack): Pick<Segment, 'options'> =>
  offers === undefined || options === undefined
    ? {}
    : {
        options: {
          mss: offers.mss,
          ...(options.windowScale === undefined ? {} : { windowScale: offers.windowScale }),
          ...(options.sack ? { sack: true as const } : {}),
          ...(options.recent === undefined ? {} : { timestamp: { val: offers.clock, echo: options.recent } }),
        },
      }

/** Every segment after the SYNs carries the clock and the peer's last one. A RST need not, and is not judged by it. RFC 7323 §3.2 */
export const stamped = <T>(r: Reaction<T>, options: Agreed | undefined, { offers }: Stack): Reaction<T> => {
  const echo = options?.recent
  if (offers === undefined || echo === undefined || r.send.length === 0) return r
  const timestamp = { val: offers.clock, echo }
  return { ...r, send: r.send.map((s) => (hasRst(s) || hasSyn(s) ? s : { ...s, options: { timestamp } })) }
}

/** PAWS: the segment's clock is behind what was heard from that peer before, by more than `slack`. RFC 7323 §5 */
export const isFromThePast = (recent: number | undefined, s: Segment, slack = 0): boolean => {
  const val = s.options?.timestamp?.val
  return recent !== undefined && val !== undefined && behind(val, recent) > slack
}

/** How far a clock is behind another, modulo 2³². RFC 7323 §5.2 */
const behind = (val: number, recent: number): number => (recent - val) | 0

/** Ahead of what was heard before. */
export const isNewer = (recent: number | undefined, { options }: Segment): boolean =>
  recent !== undefined && options?.timestamp !== undefined && behind(options.timestamp.val, recent) < 0

/** What has come in sequence tells the peer's time. RFC 7323 §4.3 */
export const heardFrom = (options: Agreed, s: Segment): Agreed => {
  const val = s.options?.timestamp?.val
  return val !== undefined && isNewer(options.recent, s) ? { ...options, recent: val } : options
}

/** The receive window, which ends at 65535 bytes where windows are not scaled. */
export const windowOf = (options: Agreed | undefined, { window }: Stack): number =>
  options !== undefined && options.windowScale === undefined ? Math.min(window, LARGEST_UNSCALED) : window
