/** Fischer's protocol (1985): mutual exclusion by time alone. Time passes for all processes at once. */
import type { System } from '../../system.ts'
import { type Line, type Process, program } from './program.ts'

const FREE = -1

interface Own extends Process {
  readonly timer: number
}

/**
 * @param most ticks between seeing that the lock is free and writing one's number into it
 * @param pause ticks before looking whether the number is still there; safe when longer than `most`
 */
export function fischer(processes: number, { most = 1, pause = 2 } = {}): System {
  const goes = (lock: number, at: string, timer = 0) => [{ memory: lock, own: { at, timer } }]
  const lines: Line<number, Own>[] = [
    { at: 'idle', mayStay: true, does: (lock) => (lock === FREE ? goes(lock, 'write', most) : []) },
    { at: 'write', does: (_lock, _own, me) => goes(me, 'pause', pause) },
    {
      at: 'pause',
      does: (lock, { timer }, me) => (timer > 0 ? [] : goes(lock, lock === me ? 'critical' : 'idle')),
    },
    { at: 'critical', does: () => goes(FREE, 'idle') },
  ]
  const ticks = (own: Own): Own | undefined => {
    if (own.at === 'write' && own.timer === 0) return undefined
    return own.timer > 0 ? { ...own, timer: own.timer - 1 } : own
  }
  return {
    ...program(processes, lines, FREE, () => ({ at: 'idle', timer: 0 })),
    synchronous: [{ name: 'tick', group: { process: ticks }, shared: {}, fairness: 'weak' }],
  }
}
