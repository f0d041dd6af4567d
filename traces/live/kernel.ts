/** The kernel that this process runs on: what it is judged as, how its clock ticks, which settings it has. */
import { existsSync } from 'node:fs'
import { release } from 'node:os'
import { type KernelProfile, nearestKernel, profiles } from '../../model/index.ts'
import { resolution } from './native.ts'

/** The newest profile that is no newer than the kernel. */
export const profileHere = (): KernelProfile & { readonly name: keyof typeof profiles } =>
  profiles[nearestKernel(release())?.profile ?? 'linux-6.18']

/** Between two ticks of its clock, ms. linux: 1000 / HZ */
export const tick = (): number => resolution()

/** Older kernels have fewer settings: `net.ipv4.tcp_syn_linear_timeouts` came with 6.5. */
export const isSetting = (name: string): boolean => existsSync(`/proc/sys/${name.replaceAll('.', '/')}`)
