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
  for (let i = 0; i < scripts.length; i += atOnce) {
    const worlds = scripts.slice(i, i + atOnce).map((script, n) => new World(script, `run-${i + n}`))
    runTogether(worlds, (world, n) => ended(world.finish(), world.script, i + n))
  }
}

/** Something that goes on while others wait. */
export interface Running {
  start(): void
  /** Their packets wake it. */
  readonly fds: readonly number[]
  /** When it is due at the latest, ms since 1970. */
  readonly due: number
  readonly ended: boolean
  turn(): void
}

/** To make a world takes time in which no other could go on: all are made, and then begin. Each is given away when it has ended. */
export const runTogether = <R extends Running>(all: readonly R[], ended: (one: R, index: number) => void): void => {
  const running = new Map(all.map((one, i) => [one, i]))
  for (const one of running.keys()) one.start()
  while (running.size > 0) {
    const due = Math.min(...[...running.keys()].map((one) => one.due))
    waitFor(
      [...running.keys()].flatMap((one) => one.fds),
      Math.min(due - now(), LONGEST_WAIT),
    )
    for (const [one, i] of running) {
      one.turn()
      if (!one.ended) continue
      running.delete(one)
      ended(one, i)
    }
  }
}

/** ms */
const LONGEST_WAIT = 50
