/**
 * When a timer may fire. The kernel's timer wheel fires late, never early: by up to an eighth of the interval (at least
 * two ticks of its clock). What is measured at the interface adds a little.
 */
export interface Window {
  readonly from: number
  readonly to: number
}

/** What the clocks of a capture and of a recorded call may differ by, ms. */
export const RESOLUTION = 1
/** How soon an answer to a segment or a call must be seen, ms: it is sent at once, but hosts share processors. */
export const PROMPT = 100
/** How long after its time something is still taken to be late, and not to be missing, ms. */
export const PATIENCE = 1_000
/** The longest that an ACK may be delayed, ms. linux: TCP_DELACK_MAX */
export const DELAYED_ACK = 200

/** A tick of the kernel's clock where the recording does not tell it, ms. linux: HZ=250 */
export const TICK = 4

const late = (interval: number, tick: number): number => Math.max(interval / 8, 2 * tick) + 10

/** A timer with a fixed schedule, due at `due` after `interval`, or up to `blur` later if its start is unknown. */
export const fixedWindow = (due: number, interval: number, tick: number, blur = 0): Window => ({
  from: due - RESOLUTION,
  to: due + blur + late(interval, tick),
})

export const delayedAckWindow = (since: number, tick: number): Window => ({
  from: since - RESOLUTION,
  to: since + DELAYED_ACK + late(DELAYED_ACK, tick),
})

/**
 * What is known of a connection's retransmission timeout, ms. It depends on round trips that the model does not measure:
 * the first expiry is taken from the capture within these bounds, later ones follow from it. RFC 6298
 */
export interface Rto {
  readonly least: number
  readonly most: number
}

/** Before anything was measured. RFC 6298 §5.7 · linux: TCP_TIMEOUT_FALLBACK */
export const UNMEASURED: Rto = { least: 200, most: 3_000 }

/** The n-th expiry in a row, counted from 0, of a timer that was last started at `start`. `clamp`: it runs no longer, ms. */
export const rtoWindow = (
  rto: Rto,
  start: number,
  n: number,
  tick: number,
  clamp = Number.POSITIVE_INFINITY,
): Window => {
  const least = Math.min(rto.least * 2 ** n, clamp)
  const most = Math.min(rto.most * 2 ** n, clamp)
  return { from: start + least - RESOLUTION, to: start + most + late(most, tick) }
}

/** What an expiry after `elapsed` ms, the n-th in a row, tells about the timeout. */
export const narrowed = (rto: Rto, elapsed: number, n: number, tick: number): Rto => ({
  least: Math.max(rto.least, Math.min(((elapsed - 10) * 8) / 9, elapsed - 10 - 2 * tick) / 2 ** n),
  most: Math.min(rto.most, elapsed / 2 ** n),
})

/** A tail-loss probe: after 2 · SRTT, 200 ms more if only one segment is out; never after the timeout. linux: tcp_schedule_loss_probe */
export const probeWindow = (rto: Rto, start: number, single: boolean, tick: number): Window => ({
  from: start + (single ? 200 : 8) - RESOLUTION,
  to: start + rto.most + late(rto.most, tick),
})

export const within = (at: number, { from, to }: Window): boolean => from <= at && at <= to
