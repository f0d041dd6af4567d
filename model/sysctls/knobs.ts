/**
 * Everything by which people try to change how Linux opens a connection: sysctls, socket options, an argument of listen(),
 * and the sysctls that only articles know. What `sysctls` holds can be set in a world by that name; the others say where.
 */
import { type ProfileName, profileNames, profiles } from '../profile/index.ts'
import { type Sysctl, sysctls } from '../sysctl.ts'
import { imagined } from './imagined.ts'
import type { Knob } from './knob.ts'
import { durationKnobs, messageKnobs, optionKnobs } from './others.ts'
import type { SysctlRule } from './rule.ts'

/** Spells a default, where the kernel has the setting at all. */
export const perProfile = (
  value: (name: ProfileName) => string,
  { since, until }: Pick<SysctlRule, 'since' | 'until'> = {},
): Record<ProfileName, string> =>
  Object.fromEntries(profileNames.map((name) => [name, isIn(name, since, until) ? value(name) : '–'])) as Record<
    ProfileName,
    string
  >

/** RFC 9293 has no release, and every setting that Linux has had. */
const isIn = (name: ProfileName, since?: string, until?: string): boolean => {
  if (name === 'freebsd-14') return isIn('linux-6.18', since, until)
  const release = name.startsWith('linux-') ? name.slice('linux-'.length) : undefined
  if (release === undefined) return until === undefined
  return (since === undefined || !isBefore(release, since)) && (until === undefined || isBefore(release, until))
}

const isBefore = (a: string, b: string): boolean => {
  const [[major = 0, minor = 0], [otherMajor = 0, otherMinor = 0]] = [a, b].map((r) => r.split('.').map(Number)) as [
    number[],
    number[],
  ]
  return major < otherMajor || (major === otherMajor && minor < otherMinor)
}

const ofSysctl = (name: Sysctl): Knob => {
  const rule: SysctlRule = sysctls[name]
  return {
    name,
    is: 'sysctl',
    means: rule.means,
    source: rule.source,
    range: `${rule.min} to ${rule.max} (${rule.unit})`,
    defaults: perProfile((profile) => String(profiles[profile].sysctls[name]), rule),
    touches: rule.touches,
    setBy: name,
  }
}

export const knobs: readonly Knob[] = [
  ...(Object.keys(sysctls) as Sysctl[]).map(ofSysctl),
  ...durationKnobs.map(({ since, value, ...k }) => ({
    ...k,
    is: 'sysctl' as const,
    defaults: perProfile(value, since === undefined ? {} : { since }),
  })),
  ...optionKnobs,
  ...messageKnobs,
  ...imagined.map((k) => ({ ...k, is: 'no such sysctl' as const, range: 'none', touches: [] })),
]

/** By its name, with or without `net.ipv4.` and `net.core.`. */
export const knobNamed = (name: string): Knob | undefined => {
  const bare = name.replace(/^net[./](ipv4|core)[./]/, '').toLowerCase()
  return knobs.find((k) => k.name.toLowerCase() === bare)
}
