/** A run that shows a disagreement, made shorter as long as a shorter one still shows one of its kind. Delta debugging: Zeller 2002 */
import type { Script } from './script.ts'

/** Everything that can be left out of a run by itself; sockets before single steps. */
const shorter = (script: Script): Script[] => {
  const { steps, wire, settings } = script
  const sockets = [...new Set(steps.map((step) => step.socket))]
  const without = (left: readonly (typeof steps)[number][]): Script => ({ ...script, steps: left })
  return [
    ...(sockets.length > 1
      ? sockets.map((name) => without(steps.filter((s) => s.socket !== name && !s.socket.startsWith(`${name}.`))))
      : []),
    ...(wire.length > 1 ? [{ ...script, wire: [] }] : []),
    ...wire.map((_, i) => ({ ...script, wire: wire.filter((_rule, j) => i !== j) })),
    ...steps.map((_, i) => without(steps.filter((_step, j) => i !== j))),
    ...(['client', 'server'] as const).flatMap((host) =>
      Object.keys(settings[host]).map((name) => {
        const { [name]: _, ...left } = settings[host]
        return { ...script, settings: { ...settings, [host]: left } }
      }),
    ),
  ]
}

/**
 * `shows` says of scripts, run side by side, which still show it. Ends when nothing can be left out, or when the time is over.
 * Leaving out several things at once is tried first where each by itself could be left out.
 */
export const shrink = (
  script: Script,
  shows: (scripts: readonly Script[]) => readonly boolean[],
  isOver: () => boolean,
): Script => {
  let shortest = script
  for (;;) {
    if (isOver()) return shortest
    const candidates = shorter(shortest)
    const still = shows(candidates)
    const found = candidates.filter((_, i) => still[i])
    if (found.length === 0) return shortest
    const all = found.reduce((a, b) => both(a, b))
    shortest = found.length > 1 && !isOver() && shows([all])[0] ? all : found[0]!
  }
}

/** What neither of two shortened runs has. */
const both = (a: Script, b: Script): Script => ({
  ...a,
  steps: a.steps.filter((s) => b.steps.includes(s)),
  wire: a.wire.filter((r) => b.wire.includes(r)),
  settings: {
    client: common(a.settings.client, b.settings.client),
    server: common(a.settings.server, b.settings.server),
  },
})

const common = <T extends object>(a: T, b: T): T =>
  Object.fromEntries(Object.entries(a).filter(([name]) => name in b)) as T
