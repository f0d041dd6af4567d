/** The stack of a host: a kernel profile under the recorded sysctls, in milliseconds. */
import { type KernelProfile, type Stack, type Sysctl, type Sysctls, sysctls } from '../../model/index.ts'

import type { Host } from './host.ts'

/** The window that both hosts offer in every recording, up to scaling. */
const WINDOW = 65_535
/** What a segment carries on Ethernet, options of it included. */
const MSS = 1460

/** Options decide nothing that is compared, but for timestamps, which are judged as recorded; the own clock is read from what was sent. */
const OFFER = { mss: 1460, windowScale: 7, clock: 0 }

/** Values as /proc/sys prints them, by full name (`net.ipv4.tcp_syncookies`). */
export type Printed = Readonly<Record<string, string>>

const number = (printed: Printed, name: string, otherwise: number): number => {
  const text = printed[`net.ipv4.${name}`] ?? printed[`net.core.${name}`]
  return text === undefined ? otherwise : Number(text)
}

export const stackOf = (profile: KernelProfile, printed: Printed): Stack => ({
  dialect: profile.dialect,
  sysctls: Object.fromEntries(
    (Object.keys(sysctls) as Sysctl[]).map((name) => [name, number(printed, name, profile.sysctls[name])]),
  ) as Sysctls,
  durations: {
    initialRto: 1_000,
    msl: 30_000,
    timeWait: 60_000,
    finTimeout: number(printed, 'tcp_fin_timeout', 60) * 1_000,
    invalidRatelimit: number(printed, 'tcp_invalid_ratelimit', 500),
    cookieLife: 120_000,
    shortTimeWait: 4_000,
    reuseDelay: number(printed, 'tcp_tw_reuse_delay', 1_000),
    rtoMin: 200,
  },
  window: WINDOW,
  mss: MSS,
  delayedAcks: true,
  knowsDuplicates: true,
  offers: OFFER,
})

/** The settings of a host, as they are from now on. */
export const configure = (host: Host, profile: KernelProfile, printed: Printed): void => {
  host.stack = stackOf(profile, printed)
  host.mostTimeWaits = number(printed, 'tcp_max_tw_buckets', Number.POSITIVE_INFINITY)
  host.mostOrphans = number(printed, 'tcp_max_orphans', Number.POSITIVE_INFINITY)
  host.keepalive = {
    idle: number(printed, 'tcp_keepalive_time', 7_200) * 1_000,
    interval: number(printed, 'tcp_keepalive_intvl', 75) * 1_000,
    probes: number(printed, 'tcp_keepalive_probes', 9),
  }
  host.remembersRoundTrips = number(printed, 'tcp_no_metrics_save', 0) === 0
}
