/** The stacks that a replay assumes: a kernel's dialect and settings, with everything that a capture leaves open left open. */
import { type Dialect, type ProfileName, profiles, type Stack, type Sysctls } from '../../../model/index.ts'

/** Real durations, in milliseconds. */
const milliseconds = {
  initialRto: 1_000,
  msl: 30_000,
  timeWait: 60_000,
  finTimeout: 60_000,
  invalidRatelimit: 0,
}

/** A replay does not hold retransmissions to their time: a timer that runs may fire at any moment. */
const timeless = { ...milliseconds, initialRto: 0 }

/** The window that the far end is believed to offer at most: captures tell it only with the scale of the handshake. */
const WINDOW = 2 ** 21

export const replayStack = (kernel: ProfileName, sysctls: Partial<Sysctls> = {}): Stack => {
  const profile: { dialect: Dialect; sysctls: Sysctls } = profiles[kernel]
  return {
    dialect: profile.dialect,
    sysctls: patient({ ...profile.sysctls, tcp_syncookies: 0, ...sysctls }),
    durations: timeless,
    window: WINDOW,
    mss: WINDOW, // with offloads a segment may be longer than any wire carries
    delayedAcks: true,
  }
}

/** The same stack, with timers that take their time. */
export const inTime = (stack: Stack): Stack => ({ ...stack, durations: milliseconds })

/**
 * How often text is repeated is a time to the kernel, from the first retransmission on: one more than the number fits in.
 * linux: retransmits_timed_out (retrans_stamp), tcp_orphan_retries (0 acts as 8)
 */
const patient = (s: Sysctls): Sysctls => ({
  ...s,
  tcp_retries2: s.tcp_retries2 + 1,
  tcp_orphan_retries: (s.tcp_orphan_retries || 8) + 1,
})
