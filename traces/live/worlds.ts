/** Runs side by side: while one waits for its timers the others go on. */
import type { Recording } from '../conformance/folder.ts'
import { now, waitFor } from './native.ts'
import type { Script } from './script.ts'
import { World } from './world.ts'

/** So many at a time, unless it is said otherwise. */
export const SIDE_BY_SIDE = 12

/** Every script is run; each recording as soon as its run has ended. @throws Error where namespaces cannot be made */
export const runAll = (
  scripts: readonly Script[],
  ended: (recording: Recording, script: Script, index: number) => void,
  atOnce = SIDE_BY_SIDE,
): void => {
  const waiting = [...scripts.entries()].reverse()
  const running = new Map<World, number>()
  while (waiting.length > 0 || running.size > 0) {
    if (waiting.length > 0 && running.size < atOnce) {
      const [i, script] = waiting.pop()!
      running.set(new World(script, `run-${i}`), i)
    }
    const due = Math.min(...[...running.keys()].map((world) => world.due))
    waitFor(
      [...running.keys()].flatMap((world) => world.fds),
      Math.min(due - now(), waiting.length > 0 && running.size < atOnce ? 0 : 50),
    )
    for (const [world, i] of running) {
      world.turn()
      if (!world.ended) continue
      running.delete(world)
      ended(world.finish(), world.script, i)
    }
  }
}
