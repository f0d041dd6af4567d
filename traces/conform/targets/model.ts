/** The reducer itself as a target, under a profile: its time is its own, and nothing waits. */
import { type ProfileName, profiles, type Stack } from '../../../model/index.ts'
import { packetOf } from '../../live/frame.ts'
import { heardIn } from '../packet.ts'
import type { Need, Target } from '../target.ts'
import { ModelHost, type Wrong } from './host.ts'

const LACKS: Partial<Record<Need, string>> = {
  windows: 'the model has windows of one size, and does not look at its peer’s',
  'initial numbers': 'the model is given its initial sequence numbers',
  addresses: 'the model has no addresses',
}

/** So many times a SYN comes again in the time that RFC 9293 §3.8.3 demands: the profile's number is that of Linux, which is less. */
const THREE_MINUTES = 7

export const stackOf = (profile: ProfileName): Stack => {
  const { dialect, sysctls } = profiles[profile]
  return {
    dialect,
    sysctls: profile === 'rfc9293' ? { ...sysctls, tcp_syn_retries: THREE_MINUTES } : sysctls,
    durations: {
      initialRto: 1_000,
      msl: 30_000,
      timeWait: 60_000,
      finTimeout: 60_000,
      invalidRatelimit: 500,
      rtoMin: 200,
    },
    window: 64_240,
    mss: 1_460,
    delayedAcks: false,
    offers: { mss: 1_460, windowScale: 7, clock: 1 },
  }
}

export const modelTarget = (profile: ProfileName, wrong: Wrong = {}): Target => {
  const [address, tester] = ['10.77.0.2', '10.77.0.1']
  let clock = 0
  let hear = (_: Uint8Array): void => {}
  const host = new ModelHost(stackOf(profile), wrong, (sourcePort, destinationPort, segment) =>
    hear(packetOf({ sourcePort, destinationPort, segment }, address, tester)),
  )
  return {
    name: `model:${profile}`,
    address,
    tester,
    atOnce: 1,
    ownTime: true,
    hears: (to) => {
      hear = to
    },
    send: (packet) => {
      const h = heardIn(packet)
      if (h?.checksum === 'right') host.arrives(h.sourcePort, h.destinationPort, h.segment)
    },
    wait: async (ms, until) => {
      const end = clock + ms
      while (!until()) {
        const next = Math.min(host.due ?? Number.POSITIVE_INFINITY, end - clock)
        clock += next
        host.passes(next)
        if (clock >= end) return
      }
    },
    now: () => clock,
    lacks: (need) => LACKS[need],
    ended: () => undefined,
    close: () => {},
  }
}
