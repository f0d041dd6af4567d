/** Lamport's bakery (A new solution of Dijkstra's concurrent programming problem, 1974), with as many tickets as are printed. */
import type { System } from '../../system.ts'
import { type Line, type Process, program, withItem } from './program.ts'

interface Memory {
  readonly choosing: readonly boolean[]
  /** 0: no ticket. */
  readonly ticket: readonly number[]
}
interface Own extends Process {
  /** The largest ticket it has seen. */
  readonly seen: number
  /** Which process it compares itself with. */
  readonly next: number
}

/**
 * @param tickets while one of this number or above is out, the door is shut: the numbers begin anew when all are back
 * @param waits for those that are choosing; without it two are critical at a time
 */
export function bakery(processes: number, { tickets = 3, waits = true } = {}): System {
  const goes = (memory: Memory, at: string, more: Partial<Own> = {}) => [
    { memory, own: { at, seen: 0, next: 0, ...more } },
  ]
  const lines: Line<Memory, Own>[] = [
    {
      at: 'idle',
      mayStay: true,
      does: (memory, _, me) =>
        memory.ticket.every((ticket) => ticket < tickets)
          ? goes({ ...memory, choosing: withItem(memory.choosing, me, true) }, 'look')
          : [],
    },
    {
      at: 'look',
      does: (memory) => {
        const seen = Math.max(...memory.ticket)
        // each that is inside already takes at most one more; said here, as no process by itself could tell
        return seen < tickets + processes - 1 ? goes(memory, 'take', { seen }) : []
      },
    },
    {
      at: 'take',
      does: (memory, { seen }, me) => goes({ ...memory, ticket: withItem(memory.ticket, me, seen + 1) }, 'chosen'),
    },
    {
      at: 'chosen',
      does: (memory, _, me) => goes({ ...memory, choosing: withItem(memory.choosing, me, false) }, 'wait'),
    },
    {
      at: 'wait',
      does: (memory, { next }) => {
        if (next === processes) return goes(memory, 'critical')
        return waits && memory.choosing[next] ? [] : goes(memory, 'compare', { next })
      },
    },
    {
      at: 'compare',
      does: (memory, { next }, me) => {
        const [mine, other] = [memory.ticket[me]!, memory.ticket[next]!]
        const isFirst = other === 0 || mine < other || (mine === other && me <= next)
        return isFirst ? goes(memory, 'wait', { next: next + 1 }) : []
      },
    },
    {
      at: 'critical',
      does: (memory, _, me) => goes({ ...memory, ticket: withItem(memory.ticket, me, 0) }, 'idle'),
    },
  ]
  const all = <Item>(item: Item): readonly Item[] => Array.from({ length: processes }, () => item)
  return program(processes, lines, { choosing: all(false), ticket: all(0) }, () => ({ at: 'idle', seen: 0, next: 0 }))
}
