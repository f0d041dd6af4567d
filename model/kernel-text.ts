/** The profile for whatever a machine calls its kernel: `uname -r`, all of `uname -a`, `linux-5.15`, `5.14.0-427.el9.x86_64`. */
import { linuxProfiles, type ProfileName } from './profile/index.ts'

export interface NearestKernel {
  readonly profile: ProfileName
  /** The version that was meant. */
  readonly version: string
}

/** The newest profile that is no newer: a kernel does as the one before it until something changes. Undefined if it is no version. */
export const nearestKernel = (text: string): NearestKernel | undefined => {
  const release = /^Linux \S+ (\d\S*) #/.exec(text.trim())?.[1] // uname -a: Linux HOST RELEASE #VERSION …
  const found = /^(?:linux[- ]?)?(?:version )?v?(\d{1,2})\.(\d{1,3})(?:[.\-+ ~][\w.+~-]*)?$/i.exec(
    release ?? text.trim(),
  )
  if (!found) return undefined
  const [major, minor] = [Number(found[1]), Number(found[2])]
  const linux = linuxProfiles.flatMap((profile) => {
    const [, a, b] = /^linux-(\d+)\.(\d+)$/.exec(profile) ?? []
    return a === undefined ? [] : [{ profile, rank: rankOf(Number(a), Number(b)) }]
  })
  const ordered = linux.sort((a, b) => a.rank - b.rank)
  const before = ordered.filter(({ rank }) => rank <= rankOf(major, minor)).at(-1) ?? ordered[0]
  return before && { profile: before.profile, version: `${major}.${minor}` }
}

const rankOf = (major: number, minor: number): number => major * 1000 + minor
