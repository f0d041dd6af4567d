/** A path of any system as text: per step the group, its rule, and only what changed. */
import { replayPath } from './path.ts'
import type { Path } from './property.ts'
import type { State, System, World } from './system.ts'

/**
 * One line per step (`3  A: enter`), with the changes below it (`at waiting → inside · lock free → taken`). Of a lasso, where the
 * loop begins and ends is said.
 * @throws CheckerFault BAD_PATH for a path of another system
 */
export function drawPath(system: System, path: Path): string {
  const steps = replayPath(system, path)
  const lines: string[] = []
  const loop = (at: number): void => {
    if (path.loop !== at) return
    const forGood = path.loop === steps.length
    lines.push(forGood ? '      ╰── and so it stays' : '      ╭── from here on it goes round for ever')
  }
  let before = system.initial[path.initial]!
  loop(0)
  for (const [i, { event, world, note }] of steps.entries()) {
    const group = event.group === undefined ? undefined : system.groups[event.group]?.name
    const actor = group === undefined ? '' : `${group}: `
    lines.push(`${String(i + 1).padStart(4)}  ${actor}${event.rule}${note === '' ? '' : ` (${note})`}`)
    const changes = changesOf(system, before, world, event.group)
    if (changes.length > 0) lines.push(`      ${changes.join(' · ')}`)
    before = world
    loop(i + 1)
  }
  if (path.loop !== undefined && path.loop < steps.length)
    lines.push(
      `      ╰── and everything is as it was ${path.loop === 0 ? 'in the beginning' : `after step ${path.loop}`}`,
    )
  return `${lines.join('\n')}\n`
}

const changesOf = (system: System, before: World, after: World, acting: number | undefined): string[] => [
  ...after.groups.flatMap((parts, g) => {
    const name = g === acting ? '' : `${system.groups[g]!.name} `
    return between(before.groups[g]!, parts).map((change) => `${name}${change}`)
  }),
  ...between(before.shared, after.shared),
]

const between = (before: Readonly<Record<string, State>>, after: Readonly<Record<string, State>>): string[] =>
  Object.keys(after).flatMap((name) => difference(name, before[name], after[name]))

/** Of records, each member that differs. */
const difference = (name: string, before: State, after: State): string[] => {
  if (text(before) === text(after)) return []
  if (!isRecord(before) || !isRecord(after)) return [`${name} ${text(before)} → ${text(after)}`]
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((member) => difference(`${name}.${member}`, before[member], after[member]))
}

const isRecord = (state: State): state is Record<string, State> =>
  typeof state === 'object' && state !== null && !Array.isArray(state)

const text = (state: State): string => (typeof state === 'string' ? state : (JSON.stringify(state) ?? 'none'))
