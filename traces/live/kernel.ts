/** A kernel that runs and paths are taken to: this one, or another on the same machine. */
import { type KernelProfile, nearestKernel, type ProfileName, profiles } from '../../model/index.ts'
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

/** What it is judged as: the newest profile that is no newer. */
export const profileOf = ({ release }: Pick<LiveKernel, 'release'>): KernelProfile & { readonly name: ProfileName } =>
  profiles[nearestKernel(release)?.profile ?? 'linux-6.18']
