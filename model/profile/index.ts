/**
 * Kernel profiles: where one stack departs from another, as data. Every difference is a field of one table: its values, what
 * each of them does, the kernel's function, and since which release it is so.
 *
 * Read next: `listening.ts` … `time-wait.ts` (the fields), `dialect.ts` (the table, and what is derived of it).
 */
import type { Sysctls } from '../sysctl.ts'
import { defaultsOf } from './defaults.ts'
import { type Dialect, freebsd14Dialect, linuxDialect, rfc9293Dialect } from './dialect.ts'

export {
  type Dialect,
  type DialectField,
  dialectFields,
  dialectGroups,
  dialectTable,
  says,
} from './dialect.ts'

export interface KernelProfile {
  readonly name: string
  readonly means: string
  readonly dialect: Dialect
  readonly sysctls: Sysctls
}

const linux = <Release extends string>(release: Release, means: string) => ({
  name: `linux-${release}` as const,
  means: `Linux ${release}${means}`,
  dialect: linuxDialect(release),
  sysctls: defaultsOf(release),
})

export const profiles = {
  'linux-6.18': linux('6.18', ' with the fixes of 2026'),
  'linux-6.1': linux('6.1', ''),
  'linux-5.10': linux('5.10', ''),
  'linux-4.9': linux('4.9', ': a full accept queue still admits SYNs'),
  'linux-4.4': linux('4.4', ': the first with a lockless listener'),
  'linux-3.10': linux('3.10', ': SYN table, bare SYNs dropped'),
  'freebsd-14': {
    name: 'freebsd-14',
    means:
      'Linux 6.18 but for the twelve rules in which FreeBSD 14 answers otherwise; what else is different there is not modelled',
    dialect: freebsd14Dialect,
    sysctls: defaultsOf('6.18'),
  },
  rfc9293: {
    name: 'rfc9293',
    means: 'RFC 9293 with RFC 5961, no queues',
    dialect: rfc9293Dialect,
    sysctls: defaultsOf('6.1'),
  },
} as const satisfies Record<string, KernelProfile>

export type ProfileName = keyof typeof profiles
export const profileNames = Object.keys(profiles) as ProfileName[]
/** The profiles that a host of a capture may have: of FreeBSD too little is modelled to tell its hosts from others. */
export const hostProfiles: readonly ProfileName[] = profileNames.filter((name) => name !== 'freebsd-14')
/** The profiles of Linux, the newest first. */
export const linuxProfiles: readonly ProfileName[] = profileNames.filter((name) => name.startsWith('linux-'))
