/** What an application did in the capture, read off the run that explains its end. */
import { distance, isClosed, isTcb, isTimeWait, type Socket } from '../../model/index.ts'
import type { Place } from '../replay/runs.ts'

export type Calling =
  | { readonly call: 'write'; readonly bytes: number }
  | { readonly call: 'shutdown' | 'close' | 'abort' }

/** A call, and the index of the packet that shows it, or of the last one before it where none does. */
export type Called = Calling & { readonly index: number }

export type Run<E> = readonly Place<E>[]

/** From a layer on, as long as it is the same connection: until its end connects anew. */
export const callsAlong = <E>(run: Run<E>, from: number, socketOf: (end: E) => Socket | undefined): Called[] => {
  const calls: Called[] = []
  for (const { node, edge } of run) {
    if (edge === undefined || node.layer < from || (edge.node.layer < from && node.layer === from)) continue
    const [before, after] = [socketOf(edge.node.h.end), socketOf(node.h.end)]
    const index = node.layer > edge.node.layer ? edge.node.layer : Math.max(0, node.layer - 1)
    if (before !== undefined) calls.push(...made(before, after).map((c) => ({ ...c, index })))
  }
  return calls
}

const made = (before: Socket, after: Socket | undefined): Calling[] => {
  if (!isTcb(before) || before.orphan || after === undefined) return []
  if (isClosed(after))
    return after.because === 'aborted' || after.because === 'closed'
      ? [{ call: after.because === 'aborted' ? 'abort' : 'close' }]
      : []
  if (isTimeWait(after)) return after.substate === 'FIN_WAIT2' ? [{ call: 'close' }] : []
  if (!isTcb(after)) return []
  const bytes = distance(before.snd.end, after.snd.end)
  return [
    ...(bytes > 0 ? [{ call: 'write', bytes } as const] : []),
    ...(after.orphan ? [{ call: 'close' } as const] : []),
    ...(after.snd.fin && !before.snd.fin && !after.orphan ? [{ call: 'shutdown' } as const] : []),
  ]
}
