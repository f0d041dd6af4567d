/** What must be able to happen, so that a scenario is not about nothing. */
import {
  add,
  countIn,
  hasFin,
  hasRst,
  isTimeWait,
  receivedIn,
  type Segment,
  type StateName,
  sentIn,
  stateName,
} from '../../model/index.ts'
import { changed, happens, reachable, type Step, type TcpProperty, type View } from '../property.ts'
import { isGhost } from './states.ts'

const family = 'reachable' as const
const server = { group: ['server'] }
const ends = { group: ['client', 'server'] }

const promotedBy =
  (test: (s: Segment) => boolean) =>
  ({ before, after, effects }: Step): boolean => {
    const s = receivedIn(effects, 'server')
    return before.server.object.kind === 'request' && after.server.object.kind === 'child' && s !== undefined && test(s)
  }

const wayIn = (id: string, what: string, test: (s: Segment) => boolean): TcpProperty =>
  happens(
    {
      id,
      family,
      sentence: `${what} completes a handshake.`,
      formula: `◇[R ∧ ${what} ⇒ child′]`,
      source: 'linux: tcp_check_req · RFC 9293 §3.10.7.4',
    },
    { reads: server, when: promotedBy(test) },
  )

const leaves = (state: StateName, s: Step) =>
  changed(s).filter(({ before, after }) => stateName(before) === state && stateName(after) !== state)

export const happenings: TcpProperty[] = [
  wayIn('in-by-ACK', 'A third ACK', (s) => s.len === 0 && !hasFin(s)),
  wayIn('in-by-data', 'A segment with data', (s) => s.len > 0),
  wayIn('in-by-FIN', 'A FIN', (s) => s.len === 0 && hasFin(s)),
  happens(
    {
      id: 'refused-bad-ACK',
      family,
      sentence: 'A request survives a segment with a wrong acknowledgment number, whose sender is reset.',
      formula: '◇[R ∧ wrong ACK ∧ RST ∧ R′]',
      source: 'linux: tcp_check_req',
    },
    {
      reads: server,
      when: ({ before, after, effects }: Step) => {
        const r = before.server.object
        const s = receivedIn(effects, 'server')
        return (
          r.kind === 'request' &&
          after.server.object.kind === 'request' &&
          s?.ack !== undefined &&
          s.ack !== add(r.iss, 1) &&
          sentIn(effects, 'server').some(hasRst)
        )
      },
    },
  ),
  happens(
    {
      id: 'ghost-recovers',
      family,
      sentence: 'A ghost becomes a connection: a slot was freed, and its next segment takes it.',
      formula: '◇[GHOST ∧ child′]',
      source: 'linux: tcp_check_req, inet_csk_accept',
    },
    { reads: ends, when: (s: Step) => isGhost(s.before) && s.after.server.object.kind === 'child' },
  ),
  happens(
    {
      id: 'reset-at-promotion',
      family,
      sentence: 'A third ACK that meets a full accept queue is answered with RST.',
      formula: '◇[R ∧ overflow ∧ RST]',
      source: 'linux: tcp_check_req (listen_overflow)',
    },
    {
      reads: server,
      when: ({ before, effects }: Step) =>
        before.server.object.kind === 'request' &&
        countIn(effects, 'ListenOverflows') > 0 &&
        sentIn(effects, 'server').some(hasRst),
    },
  ),
  happens(
    {
      id: 'SYN-dropped',
      family,
      sentence: 'A SYN meets a full accept queue and is dropped in silence.',
      formula: '◇[SYN ∧ a > B ∧ silence]',
      source: 'linux ≥ 4.10: tcp_conn_request',
    },
    {
      reads: server,
      when: ({ effects }: Step) =>
        receivedIn(effects, 'server')?.flags === 'S' &&
        countIn(effects, 'ListenOverflows') > 0 &&
        sentIn(effects, 'server').length === 0,
    },
  ),
  happens(
    {
      id: 'refused-by-full-SYN-queue',
      family,
      sentence: 'A SYN meets a full SYN queue and is dropped in silence.',
      formula: '◇[SYN ∧ SYN queue full ∧ silence]',
      source: 'linux: tcp_syn_flood_action',
    },
    { reads: server, when: ({ effects }: Step) => countIn(effects, 'TCPReqQFullDrop') > 0 },
  ),
  happens(
    {
      id: 'request-killed',
      family,
      sentence: 'A segment deletes a request.',
      formula: '◇[R ∧ ¬R′ by RST or SYN]',
      source: 'linux: tcp_check_req',
    },
    { reads: server, when: ({ effects }: Step) => countIn(effects, 'EmbryonicRsts') > 0 },
  ),
  happens(
    {
      id: 'cookie-child',
      family,
      sentence: 'An ACK of a cookie makes a child.',
      formula: '◇[no R ∧ cookie ∧ child′]',
      source: 'linux: cookie_v4_check',
    },
    {
      reads: server,
      when: ({ before, after }: Step) => before.server.object.kind === 'none' && after.server.object.kind === 'child',
    },
  ),
  happens(
    {
      id: 'restarted',
      family,
      sentence: 'TIME_WAIT starts over.',
      formula: '◇[TIME_WAIT ∧ since′ = 0]',
      source: 'linux: tcp_timewait_state_process',
    },
    {
      reads: ends,
      when: (s: Step) =>
        changed(s).some(
          ({ before, after }) => isTimeWait(before) && isTimeWait(after) && before.since > 0 && after.since === 0,
        ),
    },
  ),
  happens(
    {
      id: 'assassinated',
      family,
      sentence: 'A RST ends TIME_WAIT.',
      formula: '◇[TIME_WAIT ∧ RST ∧ CLOSED′]',
      source: 'RFC 1337 · linux: tcp_timewait_state_process',
    },
    { reads: ends, when: (s: Step) => leaves('TIME_WAIT', s).length > 0 && hasRst(receivedIn(s.effects) ?? nothing) },
  ),
  happens(
    {
      id: 'reopened',
      family,
      sentence: 'A newer SYN ends TIME_WAIT and opens the next connection.',
      formula: '◇[TIME_WAIT ∧ SYN ∧ R′]',
      source: 'RFC 1122 §4.2.2.13 · linux: tcp_timewait_state_process',
    },
    { reads: ends, when: (s: Step) => leaves('TIME_WAIT', s).length > 0 && s.after.server.object.kind === 'request' },
  ),
  reachable(
    {
      id: 'reincarnated',
      family,
      sentence: 'The second incarnation of a connection is established at both ends.',
      formula: '◇ incarnation = 2 ∧ client = server = ESTABLISHED',
      source: 'RFC 9293 §3.4.2',
    },
    {
      reads: ends,
      when: ({ client, server: { object } }: View) =>
        client.connects === 2 &&
        client.socket.state === 'ESTABLISHED' &&
        object.kind === 'child' &&
        object.of === 2 &&
        object.socket.state === 'ESTABLISHED',
    },
  ),
  happens(
    {
      id: 'old-segment-meets-new',
      family,
      sentence: 'A segment of an old incarnation arrives while the next one has already begun.',
      formula: '◇[SEG.of < incarnation]',
      source: 'RFC 9293 §3.4.2',
    },
    {
      reads: ends,
      when: ({ before, effects, rule }: Step) => {
        const of = receivedIn(effects)?.of
        if (of === undefined) return false
        if (rule === 'deliver to client') return of < before.client.connects && before.client.socket.state !== 'CLOSED'
        const { object } = before.server
        return object.kind !== 'none' && object.of !== undefined && of < object.of
      },
    },
  ),
]

const nothing: Segment = { flags: '', seq: add(0 as Segment['seq'], 0), len: 0 }
