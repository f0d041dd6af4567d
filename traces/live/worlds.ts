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
  for (let i = 0; i < scripts.length; i += atOnce)
    runTogether(
      new Map([...scripts.entries()].slice(i, i + atOnce).map(([n, script]) => [new World(script, `run-${n}`), n])),
      ended,
    )
}

/** To make a world takes time in which no other could go on: all are made, and then begin. */
const runTogether = (
  running: Map<World, number>,
  ended: (recording: Recording, script: Script, index: number) => void,
): void => {
  for (const world of running.keys()) world.start()
  while (running.size > 0) {
    const due = Math.min(...[...running.keys()].map((world) => world.due))
    waitFor(
      [...running.keys()].flatMap((world) => world.fds),
      Math.min(due - now(), LONGEST_WAIT),
    )
    for (const [world, i] of running) {
      world.turn()
      if (!world.ended) continue
      running.delete(world)
      ended(world.finish(), world.script, i)
    }
  }
}

/** ms */
const LONGEST_WAIT = 50
