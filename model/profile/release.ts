/** Since which release of Linux something is so. Releases are mainline's; stable kernels took some of the changes earlier. */

/**
 * `always`: as far back as the profiles reach. `4.10`: since that release. `about 5.6`: the release is known to one or two.
 * `by 4.4`: so in 4.4, and not in the profile before it. `6.18 of 2026`: since a fix that 6.18 took in 2026.
 */
export type Since = 'always' | `${number}` | `about ${number}` | `by ${number}` | `${number} of 2026`

/** What holds from each release on. */
export type History<Value> = { readonly always: Value } & { readonly [since in Since]?: Value }

type Numbers = readonly [major: number, minor: number]

const numbersOf = (text: string): Numbers => {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(text) ?? [text, 0, 0]
  return [Number(major), Number(minor)]
}

const isAfter = ([major, minor]: Numbers, [otherMajor, otherMinor]: Numbers): boolean =>
  major === otherMajor ? minor > otherMinor : major > otherMajor

/** What holds in a release, `6.18` for instance. */
export const inRelease = <Value>(history: History<Value>, release: string): Value => {
  const wanted = numbersOf(release)
  const reached = Object.entries(history).filter(([since]) => !isAfter(numbersOf(since), wanted))
  const newest = reached.reduce((one, other) => (isAfter(numbersOf(other[0]), numbersOf(one[0])) ? other : one))
  return newest[1] as Value
}
