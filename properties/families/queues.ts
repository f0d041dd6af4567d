/** The SYN queue and the accept queue. */
import type { Sum } from '../../checker/index.ts'
import { countIn, hasRst, receivedIn, type Server, sentIn } from '../../model/index.ts'
import { invariant, type Step, same, stepProperty, type TcpProperty, type View, type WholeView } from '../property.ts'

const family = 'queues' as const
type Shared = Pick<View, 'listener'>
type Both = Pick<View, 'server' | 'listener'>
const both = { group: ['server'], shared: ['listener'] }
const every = { ...both, everyGroup: true }

/** Places in the accept queue that a connection takes up, dead children included. */
const placesOf = (s: Server): number[] => [
  ...s.dead,
  ...(s.object.kind === 'child' && s.object.place !== undefined ? [s.object.place] : []),
]
const places = (v: WholeView): number[] => v.server.flatMap(placesOf)

/** A request of the listener that is there: those of a closed one do not count. */
const isCounted = ({ object }: Server): boolean => object.kind === 'request' && !object.abandoned
const isYoung = ({ object }: Server): boolean => object.kind === 'request' && object.timer.n === 0

/** What a sum reads: the shared parts; one connection. `others`: children of others at the head of the accept queue. */
type Totals = Shared & { readonly others?: number }
type One = Pick<View, 'server'>
const one = (is: boolean): number => (is ? 1 : 0)

/** Each place of the accept queue is taken by one child or by none; those from `limit` on together. */
const placeSums = (limit: number): Sum[] => [
  ...Array.from({ length: limit }, (_, place) => ({
    total: ({ listener: l, others = 0 }: Totals) => one(others <= place && place < l.acceptQueue),
    of: ({ server }: One) => placesOf(server).filter((p) => p === place).length,
  })),
  {
    total: ({ listener: l, others = 0 }: Totals) => Math.max(0, l.acceptQueue - Math.max(others, limit)),
    of: ({ server }: One) => placesOf(server).filter((p) => p >= limit).length,
  },
]

export const queues: TcpProperty[] = [
  invariant(
    {
      id: 'Q1',
      family,
      sentence: 'The accept queue never holds more than backlog + 1 connections.',
      formula: '□ a ≤ B + 1',
      source: 'linux: sk_acceptq_is_full',
    },
    { reads: { shared: ['listener'] }, then: ({ listener: l }: Shared) => l.acceptQueue <= l.backlog + 1 },
  ),
  stepProperty(
    {
      id: "Q1'",
      family,
      sentence: 'The accept queue grows only while it holds no more than backlog connections.',
      formula: '□[a′ > a ⇒ a ≤ B]',
      source: 'linux: tcp_v4_syn_recv_sock',
    },
    {
      reads: { shared: ['listener'] },
      given: ({ before, after }: Step<Shared>) => after.listener.acceptQueue > before.listener.acceptQueue,
      then: ({ before }: Step<Shared>) => before.listener.acceptQueue <= before.listener.backlog,
    },
  ),
  invariant(
    {
      id: 'Q3',
      family,
      sentence: 'The young requests are those whose timer has not fired yet.',
      formula: '□ 0 ≤ y ≤ q ∧ y = #{R : n = 0}',
      source: 'linux: reqsk_queue_added, reqsk_timer_handler',
    },
    {
      reads: every,
      given: (v: WholeView) => v.server.some((s) => s.object.kind === 'request'),
      then: (v: WholeView) =>
        v.listener.young <= v.listener.requests &&
        v.listener.young === v.server.filter((s) => isCounted(s) && isYoung(s)).length,
      sums: [
        { total: ({ listener: l }: Totals) => l.young, of: ({ server: s }: One) => one(isCounted(s) && isYoung(s)) },
        {
          total: ({ listener: l }: Totals) => l.requests - l.young,
          of: ({ server: s }: One) => one(isCounted(s) && !isYoung(s)),
        },
      ],
    },
  ),
  invariant(
    {
      id: 'Q4',
      family,
      sentence: 'The length of the SYN queue is the number of requests.',
      formula: '□ q = #{R}',
      source: 'linux: inet_csk_reqsk_queue_len',
    },
    {
      reads: every,
      given: (v: WholeView) => v.listener.requests > 0 || v.server.some((s) => s.object.kind === 'request'),
      then: (v: WholeView) => v.listener.requests === v.server.filter(isCounted).length,
      sums: [{ total: ({ listener }: Totals) => listener.requests, of: ({ server }: One) => one(isCounted(server)) }],
    },
  ),
  invariant(
    {
      id: 'Q5',
      family,
      sentence: 'The accept queue holds exactly the children that wait in it, one after another, dead ones included.',
      formula: '□ places = {f, …, a − 1}, f children of others before them',
      source: 'linux: inet_csk_reqsk_queue_add, reqsk_queue_remove',
    },
    (setting) => ({
      reads: every,
      given: (v: WholeView) => places(v).length > 0,
      then: (v: WholeView) => {
        const taken = places(v).sort((a, b) => a - b)
        const first = v.listener.acceptQueue - taken.length
        return first >= 0 && first <= setting.alreadyQueued && taken.every((place, i) => place === first + i)
      },
      sums: placeSums(setting.backlog + 2),
    }),
  ),
  stepProperty(
    {
      id: "Q5'",
      family,
      sentence: 'A child joins at the tail, and accept() takes the head: accept order is promotion order.',
      formula: '□[promotion ⇒ place′ = a] ∧ □[accept ⇒ place′ = place − 1, the head leaves]',
      source: 'linux: inet_csk_reqsk_queue_add, inet_csk_accept',
    },
    {
      reads: both,
      given: ({ before, after }: Step<Both>) => placeOf(before) !== placeOf(after),
      then: ({ before, after, rule }: Step<Both>) => {
        const was = placeOf(before)
        const is = placeOf(after)
        if (was === undefined) return is === before.listener.acceptQueue
        if (rule === 'accept') return was === 0 ? is === undefined : is === was - 1
        return after.server.object.kind !== 'child' && after.server.dead.includes(was)
      },
    },
  ),
  stepProperty(
    {
      id: 'Q6',
      family,
      sentence:
        'Promotion moves one connection from the SYN queue to the accept queue; a cookie leaves the SYN queue alone.',
      formula: '□[promotion of R ⇒ q′ = q − 1 ∧ a′ = a + 1] ∧ □[of a cookie ⇒ q′ = q ∧ a′ = a + 1]',
      source: 'linux: inet_csk_complete_hashdance, tcp_get_cookie_sock',
    },
    {
      reads: both,
      given: ({ before, after }: Step<Both>) => after.server.object.kind !== 'request' && grew({ before, after }),
      then: ({ before, after }: Step<Both>) =>
        after.listener.requests === before.listener.requests - (before.server.object.kind === 'request' ? 1 : 0) &&
        after.listener.acceptQueue === before.listener.acceptQueue + 1,
    },
  ),
  invariant(
    {
      id: 'Q8',
      family,
      sentence: 'A 4-tuple has one live object at most; what else it has in the accept queue is dead, each entry once.',
      formula: '□ places of one 4-tuple are distinct',
      source: 'linux: inet_ehash_nolisten',
    },
    {
      reads: { group: ['server'] },
      given: ({ server }: View) => server.object.kind !== 'none',
      then: ({ server }: View) => new Set(placesOf(server)).size === placesOf(server).length,
    },
  ),
  stepProperty(
    {
      id: 'Q9',
      family,
      sentence: 'While the accept queue is full, a new SYN makes no request and gets no SYN+ACK.',
      formula: '□[a > B ∧ new SYN ⇒ no request ∧ no SYN+ACK]',
      source: 'linux ≥ 4.10: tcp_conn_request (5ea8ea2cb7f1)',
    },
    {
      reads: both,
      given: ({ before, effects }: Step<Both>) =>
        before.listener.acceptQueue > before.listener.backlog &&
        before.server.object.kind === 'none' &&
        receivedIn(effects, 'server')?.flags === 'S',
      then: ({ after, effects }: Step<Both>) =>
        after.server.object.kind === 'none' && sentIn(effects, 'server').length === 0,
    },
  ),
  stepProperty(
    {
      id: 'Q10',
      family,
      sentence:
        'A full accept queue never makes the server send RST, unless tcp_abort_on_overflow is set and a request exists.',
      formula: '□[overflow ∧ RST ⇒ abort ∧ R]',
      source: 'linux: tcp_check_req (listen_overflow), tcp_conn_request',
    },
    (setting) => ({
      reads: { group: ['server'] },
      given: ({ effects }: Step) => countIn(effects, 'ListenOverflows') > 0,
      then: ({ before, effects }: Step) =>
        !sentIn(effects, 'server').some(hasRst) ||
        (setting.serverStack.sysctls.tcp_abort_on_overflow === 1 && before.server.object.kind === 'request'),
    }),
  ),
  stepProperty(
    {
      id: 'Q11',
      family,
      sentence:
        'A third ACK that meets a full accept queue changes nothing but the note that it came (unless the kernel aborts).',
      formula: '□[a > B ∧ third ACK ∧ ¬abort ⇒ R′ = R with acked]',
      source: 'linux: tcp_check_req',
    },
    (setting) => ({
      reads: { group: ['server'] },
      given: ({ before, effects }: Step) =>
        setting.serverStack.sysctls.tcp_abort_on_overflow === 0 &&
        before.server.object.kind === 'request' &&
        countIn(effects, 'ListenOverflows') > 0,
      then: ({ before, after, effects }: Step) =>
        same(after.server, { ...before.server, object: { ...before.server.object, acked: true } }) &&
        sentIn(effects, 'server').length === 0,
    }),
  ),
  stepProperty(
    {
      id: 'Q12',
      family,
      sentence: 'A duplicate SYN changes neither queue nor how often the request has been retried.',
      formula: '□[duplicate SYN ⇒ (q, y, n, a)′ = (q, y, n, a)]',
      source: 'linux: tcp_check_req',
    },
    {
      reads: both,
      given: ({ before, effects }: Step<Both>) => {
        const s = receivedIn(effects, 'server')
        const r = before.server.object
        return r.kind === 'request' && s?.flags === 'S' && s.seq === r.irs
      },
      then: ({ before, after }: Step<Both>) =>
        same(before.listener, after.listener) &&
        before.server.object.kind === 'request' &&
        after.server.object.kind === 'request' &&
        before.server.object.timer.n === after.server.object.timer.n,
    },
  ),
]

const placeOf = (v: Both): number | undefined => (v.server.object.kind === 'child' ? v.server.object.place : undefined)
const grew = ({ before, after }: Pick<Step<Both>, 'before' | 'after'>): boolean =>
  after.listener.acceptQueue > before.listener.acceptQueue
