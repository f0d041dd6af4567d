/** Dekker's algorithm, the first for two processes (E. W. Dijkstra, Cooperating sequential processes, 1965). */
import type { System } from '../../system.ts'
import { type Line, type Process, program, withItem } from './program.ts'

interface Memory {
  readonly wants: readonly boolean[]
  readonly turn: number
}

export function dekker(): System {
  const goes = (memory: Memory, at: string) => [{ memory, own: { at } }]
  const sets = (at: string, wants: boolean, to: string): Line<Memory, Process> => ({
    at,
    does: (memory, _, me) => goes({ ...memory, wants: withItem(memory.wants, me, wants) }, to),
  })
  const lines: Line<Memory, Process>[] = [
    { ...sets('idle', true, 'look'), mayStay: true },
    { at: 'look', does: (memory, _, me) => goes(memory, memory.wants[1 - me] ? 'whose turn' : 'critical') },
    { at: 'whose turn', does: (memory, _, me) => goes(memory, memory.turn === me ? 'look' : 'step back') },
    sets('step back', false, 'wait'),
    { at: 'wait', does: (memory, _, me) => (memory.turn === me ? goes(memory, 'want again') : []) },
    sets('want again', true, 'look'),
    { at: 'critical', does: (memory, _, me) => goes({ ...memory, turn: 1 - me }, 'leave') },
    sets('leave', false, 'idle'),
  ]
  return program(2, lines, { wants: [false, false], turn: 0 }, () => ({ at: 'idle' }))
}
