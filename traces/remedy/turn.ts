/** Where the run that explains the server meets what the remedy changes: from there on the two courses part. */
import type { Segment, Stack } from '../../model/index.ts'
import { arrivedAlong, metFullQueue } from '../listener/arrivals.ts'
import type { ServerEnd } from '../replay/actors/server-end.ts'
import type { Node } from '../replay/search/search.ts'
import type { Run } from './calls.ts'
import { Passed } from './fates.ts'
import type { Remedy } from './remedy.ts'

export interface Turn {
  /** The hypothesis right before it. */
  readonly before: Node<ServerEnd>
  /** What arrives and finds no room; absent where a timer fires. */
  readonly arriving?: Segment
  /** Index of the packet that arrives, or of the SYN+ACK that would not be sent. */
  readonly index: number
}

/** @returns nothing where the remedy changes nothing */
export const turnOf = (run: Run<ServerEnd>, remedy: Remedy, stack: Stack): Turn[] => {
  const turn = remedy.kind === 'retries' ? retriesEnd(run, remedy.most) : noRoom(run, remedy, stack)
  return turn === undefined ? [] : [turn]
}

/** The first arrival that finds the queue full; tcp_abort_on_overflow answers no SYN. linux: tcp_conn_request, tcp_check_req */
const noRoom = (run: Run<ServerEnd>, remedy: Remedy, stack: Stack): Turn | undefined => {
  const promotes = metFullQueue(stack, 'promote')
  const admits = metFullQueue(stack, 'admit')
  const passed = new Passed()
  for (const place of run) {
    passed.note(place)
    const { node, edge } = place
    if (edge === undefined) continue
    const aborts = remedy.kind === 'abort'
    const along = { edge, from: edge.node.h, to: node.h }
    const meets = (promotes(along) && !(aborts && node.h.end.aborts)) || (!aborts && admits(along))
    const arriving = meets && node.h.end.server.object.kind !== 'child' ? arrivedAlong(along) : undefined
    if (arriving === undefined) continue
    return { before: edge.node, arriving, index: passed.get(arriving) ?? Math.max(0, edge.node.layer - 1) }
  }
  return undefined
}

/** The retransmission that would be one too many. linux: reqsk_timer_handler */
const retriesEnd = (run: Run<ServerEnd>, most: number): Turn | undefined => {
  const step = run.find(({ node, edge }) => {
    const [before, after] = [edge?.node.h.end.server.object, node.h.end.server.object]
    if (before?.kind !== 'request' || after.kind !== 'request') return false
    return before.timer.n === most && after.timer.n === most + 1 && before.iss === after.iss
  })
  return step?.edge && { before: step.edge.node, index: step.edge.node.layer }
}
