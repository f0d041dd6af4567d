/** The model's time on a kernel's clock: each kind of timer has a known length. */
import type { Durations } from '../config.ts'

/** What the kernel's timers last: the first timeout of a SYN or SYN+ACK, TCP_TIMEWAIT_LEN, tcp_fin_timeout. */
const kernel = { retransmission: 1000, TIME_WAIT: 60_000, FIN_WAIT2: 60_000 } as const

const inModel = (kind: keyof typeof kernel, d: Durations): number =>
  ({ retransmission: d.initialRto, TIME_WAIT: d.timeWait, FIN_WAIT2: d.finTimeout })[kind]

/**
 * What is left of a timer, as the kernel would say it: the same part of the whole. Text and FIN are repeated sooner than a
 * SYN, as soon as the round trip allows; where the model counts in ticks they share the SYN's.
 */
export const milliseconds = (left: number, kind: keyof typeof kernel, durations: Durations): number => {
  const whole = inModel(kind, durations)
  return whole === 0 ? 0 : Math.round((left * kernel[kind]) / whole)
}
