/** A SYN at a listener: admitted, answered with a cookie, or dropped. linux: tcp_conn_request */
import { match } from 'ts-pattern'
import type { Stack } from '../config.ts'
import type { Counter } from '../counters.ts'
import { isAcceptQueueFull, isSynQueueFull } from './queues.ts'
import { isOfThePast, recycles } from './recycle.ts'
import type { Admission, Answered, Listener } from './types.ts'

/** What the SYN meets, in the kernel's order. */
export const admit = (l: Listener, q: Admission, stack: Stack): Answered => {
  const { dialect, sysctls } = stack
  const dropped = (...count: Counter[]): Answered => ({ to: l, answer: { answer: 'dropped', count } })
  const pressed = !q.approved && (isSynQueueFull(l, stack) || wantsCookies(stack))
  if (pressed && sysctls.tcp_syncookies === 0) return dropped('TCPReqQFullDrop', 'ListenDrops')
  const wants: Counter[] = pressed ? ['TCPReqQFullDoCookies'] : []
  if (isAcceptQueueFull(l, stack) && dropsSyn(l, stack)) return dropped(...wants, 'ListenOverflows', 'ListenDrops')
  if (pressed)
    return {
      to: { ...l, cookies: stack.durations.cookieLife ?? dialect.cookieSeconds * stack.durations.initialRto },
      answer: { answer: 'cookie', count: [...wants, 'SyncookiesSent'] },
    }
  if (!q.approved && recycles(q, stack)) {
    if (isOfThePast(l, q, stack)) return dropped('PAWSPassive', 'ListenDrops')
  } else if (!q.approved && !q.proven && isScarce(l, stack)) return dropped('ListenDrops')
  return { to: { ...l, requests: l.requests + 1, young: l.young + 1 }, answer: { answer: 'admitted' } }
}

const wantsCookies = ({ dialect, sysctls }: Stack): boolean =>
  sysctls.tcp_syncookies === 2 && dialect.cookieForEverySyn === 'with tcp_syncookies 2'

const dropsSyn = (l: Listener, stack: Stack): boolean =>
  match(stack.dialect.synOnFullAcceptQueue)
    .with('drop', () => true)
    .with('drop if young > 1', () => l.young > 1)
    .with('admit', () => false)
    .exhaustive()

/** Without cookies a quarter of tcp_max_syn_backlog is kept for peers that are known. */
const isScarce = (l: Listener, stack: Stack): boolean => {
  const limit = stack.sysctls.tcp_max_syn_backlog
  return stack.dialect.queues && stack.sysctls.tcp_syncookies === 0 && limit - l.requests < limit >> 2
}
