/** A sysctl, a socket option or an argument of listen(): and the sysctls that only articles know. */
import { type Knob, linuxProfiles, type ProfileName, profiles, type Sysctl, sysctls } from '../../model/index.ts'
import { type Scenario, scenarios, settingOf } from '../../properties/index.ts'
import { effectLines } from './effect.ts'
import type { Explanation } from './explanation.ts'

export const ofKnob = (knob: Knob): Explanation => {
  const { name: id, is, means, source, range, defaults, touches, instead } = knob
  if (is === 'no such sysctl') return { id, is, means, source, instead }
  const name = id in sysctls ? (id as Sysctl) : undefined
  return {
    id,
    is,
    means,
    range,
    touches,
    source,
    ...effectLines(id),
    ...(defaults && { defaults: runsOfProfiles(defaults) }),
    ...(name ? inWorlds(name) : { 'set by': knob.setBy }),
  }
}

/** Default per profile, neighbours that agree in one: `linux-3.10 … linux-4.9`. */
const runsOfProfiles = (defaults: Readonly<Record<ProfileName, string>>): Record<string, string> => {
  const runs: { first: string; last: string; value: string }[] = []
  for (const name of [...linuxProfiles].reverse()) {
    const run = runs.at(-1)
    if (run?.value === defaults[name]) run.last = name
    else runs.push({ first: name, last: name, value: defaults[name] })
  }
  return Object.fromEntries(
    runs.map(({ first, last, value }) => [
      first === last ? first : `${first} … ${last}`,
      value === '–' ? 'does not exist' : value,
    ]),
  )
}

const inWorlds = (name: Sysctl) => {
  const ships = profiles['linux-6.18'].sysctls[name]
  return {
    'set in': whereSet(name, ships),
    try: `halfopen check ghost-connection --set ${name}=${worthTrying(name, ships)}`,
  }
}

const byValueOf = (name: Sysctl): Map<number, Scenario[]> => {
  const byValue = new Map<number, Scenario[]>()
  for (const s of scenarios) {
    const value = settingOf(s).serverStack.sysctls[name]
    byValue.set(value, [...(byValue.get(value) ?? []), s])
  }
  return byValue
}

/** Scenarios by the value that they set; the value of most is that of all others. */
const whereSet = (name: Sysctl, ships: number): string[] => {
  const byValue = byValueOf(name)
  const [most] = [...byValue].sort(([, a], [, b]) => b.length - a.length)[0]!
  const few = [...byValue].filter(([value]) => value !== most && (value !== ships || most !== ships))
  const named = few.map(([value, those]) => `${those.map((s) => s.name).join(', ')} (${value})`)
  if (most === ships) return named
  return [...named, few.length === 0 ? `every scenario (${most})` : `all others (${most})`]
}

/** The other position of a switch; a small number elsewhere. */
const worthTrying = (name: Sysctl, ships: number): number => {
  const { max } = sysctls[name]
  return ships === 0 || (max > 2 && ships !== 1) ? 1 : 0
}
