/** One table of durations for all scenarios, in ticks: think of a tick as one second, of MSL as two. */
import type { Durations, Sysctls } from '../model/index.ts'

export const ticks: Durations = {
  initialRto: 1,
  msl: 2,
  timeWait: 4,
  finTimeout: 3,
  invalidRatelimit: 0,
  cookieLife: 4,
}

/** Retries small enough to be exhausted; no cookies, so that every SYN either makes a request or is dropped. */
export const smallRetries: Partial<Sysctls> = {
  tcp_syncookies: 0,
  tcp_syn_retries: 1,
  tcp_syn_linear_timeouts: 0,
  tcp_synack_retries: 1,
  tcp_retries2: 1,
  tcp_orphan_retries: 1,
}
