/** Lamport's fast mutual exclusion (A fast mutual exclusion algorithm, 1987, algorithm 2): seven accesses where no one contends. */
import type { System } from '../../system.ts'
import { type Line, type Process, program, withItem } from './program.ts'

const NONE = -1

interface Memory {
  readonly x: number
  readonly y: number
  readonly busy: readonly boolean[]
}
interface Own extends Process {
  /** Which process it waits for. */
  readonly next: number
}

/** @param waits for those that may still write y; without it two are critical at a time */
export function fastMutex(processes: number, { waits = true } = {}): System {
  const goes = (memory: Memory, at: string, next = 0) => [{ memory, own: { at, next } }]
  const marks = (at: string, isBusy: boolean, to: string): Line<Memory, Own> => ({
    at,
    does: (memory, _, me) => goes({ ...memory, busy: withItem(memory.busy, me, isBusy) }, to),
  })
  const lines: Line<Memory, Own>[] = [
    { ...marks('idle', true, 'set x'), mayStay: true },
    marks('start', true, 'set x'),
    { at: 'set x', does: (memory, _, me) => goes({ ...memory, x: me }, 'look at y') },
    { at: 'look at y', does: (memory) => goes(memory, memory.y === NONE ? 'set y' : 'step back') },
    marks('step back', false, 'wait for y'),
    { at: 'wait for y', does: (memory) => (memory.y === NONE ? goes(memory, 'start') : []) },
    { at: 'set y', does: (memory, _, me) => goes({ ...memory, y: me }, 'look at x') },
    { at: 'look at x', does: (memory, _, me) => goes(memory, memory.x === me ? 'critical' : 'contend') },
    marks('contend', false, 'wait for others'),
    {
      at: 'wait for others',
      does: (memory, { next }) => {
        if (!waits || next === processes) return goes(memory, 'look at y again')
        return memory.busy[next] ? [] : goes(memory, 'wait for others', next + 1)
      },
    },
    { at: 'look at y again', does: (memory, _, me) => goes(memory, memory.y === me ? 'critical' : 'wait for y') },
    { at: 'critical', does: (memory) => goes({ ...memory, y: NONE }, 'leave') },
    marks('leave', false, 'idle'),
  ]
  const busy = Array.from({ length: processes }, () => false)
  return program(processes, lines, { x: NONE, y: NONE, busy }, () => ({ at: 'idle', next: 0 }))
}
