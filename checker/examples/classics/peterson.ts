/** Peterson's algorithm (Myths about the mutual exclusion problem, 1981): two processes, two flags, one turn. */
import type { System } from '../../system.ts'
import { type Line, type Process, program, withItem } from './program.ts'

interface Memory {
  readonly wants: readonly boolean[]
  readonly turn: number
}

/** @param hasTurn without it each waits for the other for ever */
export function peterson({ hasTurn = true } = {}): System {
  const lines: Line<Memory, Process>[] = [
    {
      at: 'idle',
      mayStay: true,
      does: ({ wants, turn }, _, me) => [
        { memory: { wants: withItem(wants, me, true), turn }, own: { at: 'give way' } },
      ],
    },
    {
      at: 'give way',
      does: ({ wants }, _, me) => [{ memory: { wants, turn: 1 - me }, own: { at: 'wait' } }],
    },
    {
      at: 'wait',
      does: (memory, _, me) =>
        !memory.wants[1 - me] || (hasTurn && memory.turn === me) ? [{ memory, own: { at: 'critical' } }] : [],
    },
    {
      at: 'critical',
      does: ({ wants, turn }, _, me) => [{ memory: { wants: withItem(wants, me, false), turn }, own: { at: 'idle' } }],
    },
  ]
  return program(2, lines, { wants: [false, false], turn: 0 }, () => ({ at: 'idle' }))
}
