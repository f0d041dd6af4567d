/** A kernel that runs and paths are taken to: this one, or another on the same machine. */
import {
  type Dialect,
  type KernelProfile,
  nearestKernel,
  type ProfileName,
  profiles,
  type Setting,
} from '../../model/index.ts'
import type { Recording } from '../conformance/folder.ts'
import type { Led, PathResult } from './path/run.ts'
import type { Script } from './script.ts'

export interface LiveKernel {
  /** As `uname -r` prints it. */
  readonly release: string
  /** Every script is run, side by side; each recording as soon as it is known. @throws Error where namespaces cannot be made */
  runAll(scripts: readonly Script[], ended: (recording: Recording, script: Script, index: number) => void): void
  /** The kernel is led along every path, side by side. @throws Error where namespaces cannot be made */
  lead(paths: readonly Led[]): readonly PathResult[]
}

/**
 * What stable kernels have taken from later ones: from this patch level on, where it was measured (`npm run live -- --differences`);
 * some earlier ones may have it, too.
 */
const taken: readonly {
  readonly of: string
  readonly since: number
  readonly rule: keyof Dialect
  readonly from: ProfileName
}[] = [
  // a full SYN queue holds one request more. linux: inet_csk_reqsk_queue_is_full
  { of: '6.1', since: 176, rule: 'synQueueFull', from: 'linux-6.18' },
  // CLOSE_WAIT counts in CurrEstab. linux: tcp_set_state
  { of: '6.1', since: 176, rule: 'currEstab', from: 'linux-6.18' },
  // the crossed SYN+ACK of a simultaneous open is taken. linux: tcp_validate_incoming
  { of: '6.1', since: 176, rule: 'crossedSynAck', from: 'linux-6.18' },
  // tcp_challenge_ack_limit 0 is no limit. linux: tcp_send_challenge_ack
  { of: '6.1', since: 176, rule: 'challengeLimit0', from: 'linux-6.18' },
]

/** What it is judged as: the newest profile that is no newer, with what its stable kernel has taken from later ones. */
export const profileOf = ({ release }: Pick<LiveKernel, 'release'>): KernelProfile & { readonly name: ProfileName } => {
  const profile = profiles[nearestKernel(release)?.profile ?? 'linux-6.18']
  const [, version, patch] = /^(\d+\.\d+)\.(\d+)/.exec(release) ?? []
  const later = taken.filter(({ of, since }) => of === version && Number(patch) >= since)
  const rules = Object.fromEntries(later.map(({ rule, from }) => [rule, profiles[from].dialect[rule]]))
  return { ...profile, dialect: { ...profile.dialect, ...rules } }
}

/** The setting with both ends' kernels of this dialect. */
export const inDialect = (setting: Setting, dialect: Dialect): Setting => ({
  ...setting,
  clientStack: { ...setting.clientStack, dialect },
  serverStack: { ...setting.serverStack, dialect },
})
