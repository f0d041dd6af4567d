/** Dining philosophers (E. W. Dijkstra, 1965): each takes the fork on the left, then the one on the right, eats, and lays both down. */
import type { System } from '../../system.ts'
import { type Line, type Process, program, withItem } from './program.ts'

/** Which forks lie on the table. */
type Forks = readonly boolean[]

/** @param oneIsLefthanded the last one takes the forks in the other order, so that not all can wait for each other */
export function philosophers(count: number, { oneIsLefthanded = false } = {}): System {
  const left = (me: number): number => (oneIsLefthanded && me === count - 1 ? (me + 1) % count : me)
  const right = (me: number): number => (left(me) === me ? (me + 1) % count : me)
  const takes = (at: string, fork: (me: number) => number, to: string): Line<Forks, Process> => ({
    at,
    does: (forks, _, me) => (forks[fork(me)] ? [{ memory: withItem(forks, fork(me), false), own: { at: to } }] : []),
  })
  const lines: Line<Forks, Process>[] = [
    { ...takes('thinking', left, 'one fork'), mayStay: true },
    takes('one fork', right, 'eating'),
    {
      at: 'eating',
      does: (forks, _, me) => [
        { memory: withItem(withItem(forks, left(me), true), right(me), true), own: { at: 'thinking' } },
      ],
    },
  ]
  return program(
    count,
    lines,
    Array.from({ length: count }, () => true),
    () => ({ at: 'thinking' }),
  )
}
