/** Stacks for tests: a profile with small numbers, and whatever a test wants otherwise. */
import type { Durations, Stack } from '../config.ts'
import { type Dialect, type ProfileName, profiles } from '../profile/index.ts'
import type { Sysctls } from '../sysctl.ts'

export interface StackOptions extends Partial<Omit<Stack, 'dialect' | 'sysctls' | 'durations'>> {
  readonly profile?: ProfileName
  readonly dialect?: Partial<Dialect>
  readonly sysctls?: Partial<Sysctls>
  readonly durations?: Partial<Durations>
}

const durations: Durations = { initialRto: 1, msl: 2, timeWait: 4, finTimeout: 3, invalidRatelimit: 0 }

/** Linux 6.18 with a window of 8 bytes, segments of 4, two retries and no cookies. */
export const stack = ({ profile = 'linux-6.18', ...o }: StackOptions = {}): Stack => ({
  window: 8,
  mss: 4,
  delayedAcks: false,
  ...o,
  dialect: { ...profiles[profile].dialect, ...o.dialect },
  sysctls: {
    ...profiles[profile].sysctls,
    tcp_syncookies: 0,
    tcp_syn_retries: 2,
    tcp_syn_linear_timeouts: 0,
    tcp_synack_retries: 2,
    tcp_retries2: 2,
    tcp_orphan_retries: 2,
    ...o.sysctls,
  },
  durations: { ...durations, ...o.durations },
})
