/** What a listener takes in, and what it keeps: bounds of the SYN queue, backlog 0, and that nothing is evicted. */
import {
  isSynQueueFull,
  type Listener,
  receivedIn,
  type Setting,
  sentIn,
  synAckRetries,
  synTableSize,
} from '../../model/index.ts'
import { invariant, type Step, same, stepProperty, type TcpProperty, type View } from '../property.ts'

const family = 'queues' as const
type Both = Pick<View, 'server' | 'listener'>
type Shared = Pick<View, 'listener'>
const both = { group: ['server'], shared: ['listener'] }
const shared = { shared: ['listener'] }

/** The most requests that SYNs can make: B + 1, B, or the table's size. */
const capacity = (l: Listener, { serverStack }: Setting): number => {
  const { synQueueFull } = serverStack.dialect
  if (synQueueFull === 'q > B') return l.backlog + 1
  return synQueueFull === 'table' ? synTableSize(l, serverStack) : l.backlog
}

const isNewSyn = ({ before, effects }: Step<Both>): boolean =>
  before.server.object.kind === 'none' && receivedIn(effects, 'server')?.flags === 'S'

export const admission: TcpProperty[] = [
  invariant(
    {
      id: 'Q2',
      family,
      sentence:
        'The SYN queue never holds more requests than the kernel allows: B + 1, before 6.13 B, before 4.4 its table.',
      formula: '□ q ≤ cap(B)',
      source: 'linux: inet_csk_reqsk_queue_is_full, reqsk_queue_alloc',
    },
    (setting) => ({
      reads: shared,
      given: ({ listener }: Shared) => listener.requests > 0,
      then: ({ listener }: Shared) => listener.requests <= capacity(listener, setting),
    }),
  ),
  stepProperty(
    {
      id: "Q2'",
      family,
      sentence: 'A SYN that meets a full SYN queue makes no request.',
      formula: '□[SYN queue full ∧ new SYN ⇒ q′ = q]',
      source: 'linux: tcp_conn_request',
    },
    (setting) => ({
      reads: both,
      given: (s: Step<Both>) => isNewSyn(s) && isSynQueueFull(s.before.listener, setting.serverStack),
      then: ({ before, after }: Step<Both>) => after.listener.requests === before.listener.requests,
    }),
  ),
  invariant(
    {
      id: 'Q7',
      family,
      sentence: 'What waits in the accept queue is established, or closed by the client, or dead.',
      formula: '□ x ∈ FIFO ⇒ x ∈ {ESTABLISHED, CLOSE_WAIT, CLOSED}',
      source: 'linux: tcp_child_process; a SYN+ACK with text leaves a child in SYN_RECV there',
    },
    {
      reads: { group: ['server'] },
      given: ({ server: { object } }: View) => object.kind === 'child' && object.place !== undefined,
      then: ({ server: { object } }: View) =>
        object.kind === 'child' && (object.socket.state === 'ESTABLISHED' || object.socket.state === 'CLOSE_WAIT'),
    },
  ),
  stepProperty(
    {
      id: 'Q13',
      family,
      sentence: 'A listener with backlog 0 takes one connection: while it has none, a SYN is answered.',
      formula: '□[B = 0 ∧ a = q = 0 ∧ new SYN ⇒ SYN+ACK]',
      source: 'linux: inet_csk_reqsk_queue_is_full; with q ≥ B (4.4 to 6.12) and no cookies such a listener is dead',
    },
    {
      reads: both,
      given: (s: Step<Both>) => {
        const { backlog, acceptQueue, requests } = s.before.listener
        return backlog + acceptQueue + requests === 0 && isNewSyn(s)
      },
      then: ({ effects }: Step<Both>) => sentIn(effects, 'server').length === 1,
    },
  ),
  stepProperty(
    {
      id: 'Q14',
      family,
      sentence: 'A request that has been retried less than twice is not given up, unless tcp_synack_retries says so.',
      formula: '□[timer ∧ n < min(2, retries) ⇒ R′]',
      source: 'linux: reqsk_timer_handler',
    },
    (setting) => ({
      reads: { group: ['server'] },
      given: ({ before, rule }: Step<Pick<View, 'server'>>) =>
        rule === 'server timer' &&
        before.server.object.kind === 'request' &&
        before.server.object.timer.n < Math.min(2, synAckRetries(setting.serverStack)),
      then: ({ after }: Step<Pick<View, 'server'>>) => after.server.object.kind === 'request',
    }),
  ),
  stepProperty(
    {
      id: 'Q15',
      family,
      sentence: 'listen() with another backlog evicts no connection.',
      formula: '□[B′ ≠ B ⇒ (a, q, y)′ = (a, q, y)]',
      source: 'linux: __inet_listen_sk',
    },
    {
      reads: shared,
      given: ({ before, after }: Step<Shared>) => before.listener.backlog !== after.listener.backlog,
      then: ({ before, after }: Step<Shared>) =>
        same(
          [before.listener.acceptQueue, before.listener.requests, before.listener.young],
          [after.listener.acceptQueue, after.listener.requests, after.listener.young],
        ),
    },
  ),
  stepProperty(
    {
      id: 'Q16',
      family,
      sentence: 'accept() returns only what was in the queue, one at a time: from an empty one it returns EAGAIN.',
      formula: '□[accept ⇒ a > 0 ∧ a′ = a − 1]',
      source: 'linux: inet_csk_accept (that it returns whenever a > 0 is L6)',
    },
    {
      reads: shared,
      given: ({ rule }: Step<Shared>) => rule === 'accept',
      then: ({ before, after }: Step<Shared>) =>
        before.listener.acceptQueue > 0 && after.listener.acceptQueue === before.listener.acceptQueue - 1,
    },
  ),
]
