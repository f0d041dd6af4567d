/** Requests given up early because there are too many. linux: reqsk_timer_handler; to 4.3 inet_csk_reqsk_queue_prune */
import { match } from 'ts-pattern'
import type { Stack } from '../config.ts'
import { synTableSize } from './queues.ts'
import { LEAST_RETRIES, synAckRetries } from './request.ts'
import type { Listener } from './types.ts'

/**
 * A listener with many requests, few of them young, gives up the old ones early: half of its queue is kept for young ones.
 * So many retransmissions are still allowed.
 */
export const retriesUnderPressure = (l: Listener, stack: Stack): number => {
  let retries = synAckRetries(stack)
  if (!isPressed(l, stack) || retries <= LEAST_RETRIES) return Number.POSITIVE_INFINITY
  for (let young = 2 * l.young; retries > LEAST_RETRIES && l.requests >= young; young *= 2) retries -= 1
  return retries
}

const isPressed = (l: Listener, stack: Stack): boolean =>
  match(stack.dialect.pruning)
    .with('2q > max(8, B)', () => 2 * l.requests > Math.max(8, l.backlog))
    .with('q >= half the table', () => 2 * l.requests >= synTableSize(l, stack))
    .with('never', () => false)
    .exhaustive()
