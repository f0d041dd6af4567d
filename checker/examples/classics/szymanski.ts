/** Szymanski's algorithm (A simple solution to Lamport's concurrent programming problem, 1988): a waiting room with doors. */
import type { System } from '../../system.ts'
import { type Line, type Process, program, withItem } from './program.ts'

/** 0 outside, 1 at the door, 2 waiting for others inside, 3 in the door, 4 the door is shut behind. */
type Flags = readonly number[]

/** @param isOrdered those inside leave in the order of their numbers; otherwise two are critical at a time */
export function szymanski(processes: number, { isOrdered = true } = {}): System {
  const sets = (at: string, flag: number, to: string): Line<Flags, Process> => ({
    at,
    does: (flags, _, me) => [{ memory: withItem(flags, me, flag), own: { at: to } }],
  })
  const waits = (at: string, until: (flags: Flags, me: number) => boolean, to: string): Line<Flags, Process> => ({
    at,
    does: (flags, _, me) => (until(flags, me) ? [{ memory: flags, own: { at: to } }] : []),
  })
  const lines: Line<Flags, Process>[] = [
    { ...sets('idle', 1, 'at the door'), mayStay: true },
    waits('at the door', (flags) => flags.every((flag) => flag < 3), 'go in'),
    sets('go in', 3, 'in the door'),
    {
      at: 'in the door',
      does: (flags) => [{ memory: flags, own: { at: flags.includes(1) ? 'make room' : 'shut the door' } }],
    },
    sets('make room', 2, 'inside'),
    waits('inside', (flags) => flags.includes(4), 'shut the door'),
    sets('shut the door', 4, 'my turn'),
    waits('my turn', (flags, me) => !isOrdered || flags.slice(0, me).every((flag) => flag < 2), 'critical'),
    waits('critical', (flags, me) => flags.slice(me + 1).every((flag) => flag < 2 || flag > 3), 'leave'),
    sets('leave', 0, 'idle'),
  ]
  return program(
    processes,
    lines,
    Array.from({ length: processes }, () => 0),
    () => ({ at: 'idle' }),
  )
}
