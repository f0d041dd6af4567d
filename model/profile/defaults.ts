/** What each sysctl is set to where the administrator sets nothing. */
import type { Sysctl, Sysctls } from '../sysctl.ts'
import { UNLIMITED } from '../sysctls/rule.ts'
import { type History, inRelease } from './release.ts'

const shipped: Readonly<Record<Sysctl, History<number>>> = {
  somaxconn: { always: 128, '5.4': 4096 },
  tcp_max_syn_backlog: { always: 2048 },
  tcp_syncookies: { always: 1 },
  tcp_abort_on_overflow: { always: 0 },
  tcp_syn_retries: { always: 6 },
  tcp_syn_linear_timeouts: { always: 0, '6.5': 4 },
  tcp_synack_retries: { always: 5 },
  tcp_timestamps: { always: 1 },
  tcp_window_scaling: { always: 1 },
  tcp_sack: { always: 1 },
  tcp_challenge_ack_limit: { always: 100, 'by 4.4': 1000, 'by 6.1': UNLIMITED },
  tcp_tw_recycle: { always: 0 },
  tcp_retries2: { always: 15 },
  tcp_orphan_retries: { always: 0 },
  tcp_tw_reuse: { always: 0, 'by 5.10': 2 },
  tcp_rfc1337: { always: 0 },
}

export const defaultsOf = (release: string): Sysctls =>
  Object.fromEntries(Object.entries(shipped).map(([name, history]) => [name, inRelease(history, release)])) as Sysctls
