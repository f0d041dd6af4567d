/** When the two queues are full. linux: sk_acceptq_is_full, inet_csk_reqsk_queue_is_full */
import { match } from 'ts-pattern'
import type { Stack } from '../config.ts'
import type { Listener } from './types.ts'

/** linux: sk_acceptq_is_full. More than B, not B: a queue of backlog B takes B + 1. */
export const isAcceptQueueFull = (l: Listener, stack: Stack): boolean =>
  stack.dialect.queues && l.acceptQueue > l.backlog

/** linux: inet_csk_reqsk_queue_is_full */
export const isSynQueueFull = (l: Listener, stack: Stack): boolean =>
  match(stack.dialect.synQueueFull)
    .with('q > B', () => l.requests > l.backlog)
    .with('q >= B', () => l.requests >= l.backlog)
    .with('table', () => l.requests >= synTableSize(l, stack))
    .with('never', () => false)
    .exhaustive()

/** linux ≤ 4.3: reqsk_queue_alloc; the smaller of backlog and tcp_max_syn_backlog, at least 8, plus one, rounded up. */
export const synTableSize = (l: Listener, stack: Stack): number => {
  const entries = Math.max(8, Math.min(l.firstBacklog ?? l.backlog, stack.sysctls.tcp_max_syn_backlog))
  return 2 ** Math.ceil(Math.log2(entries + 1))
}
