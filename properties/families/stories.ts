/** Moments that the stories of opening are about. */
import { hasSyn, isTimeWait, type Segment, stateName } from '../../model/index.ts'
import { happens, reachable, type Step, type TcpProperty, type View } from '../property.ts'
import { isGhost } from './states.ts'

const family = 'reachable' as const

type Channels = 'up' | 'down'

/** The segment that the wire loses in this step. */
const lostFrom = (part: Channels, { before, after, rule }: Step): Segment | undefined => {
  if (rule !== (part === 'up' ? 'lose from client' : 'lose from server')) return undefined
  const left = after[part].map(({ segment }) => segment)
  return before[part].find(({ segment }, i) => segment !== left[i])?.segment
}

const lost = (id: string, what: string, part: Channels, test: (s: Segment, step: Step) => boolean): TcpProperty =>
  happens(
    { id, family, sentence: `${what} is lost.`, formula: `◇[${what} lost]`, source: 'RFC 9293 §3.8.1' },
    {
      reads: { group: ['server', part] },
      when: (step: Step) => {
        const segment = lostFrom(part, step)
        return segment !== undefined && test(segment, step)
      },
    },
  )

export const storyMoments: TcpProperty[] = [
  lost('SYN-lost', 'A SYN', 'up', hasSyn),
  lost('SYN-ACK-lost', 'A SYN+ACK', 'down', hasSyn),
  lost(
    'third-ACK-lost',
    'A third ACK',
    'up',
    (s, { before }) => s.flags === '.' && before.server.object.kind === 'request',
  ),
  happens(
    {
      id: 'ghost-forgotten',
      family,
      sentence: 'The server gives up the request of a ghost.',
      formula: '◇[GHOST ∧ server′ = none]',
      source: 'linux: reqsk_timer_handler',
    },
    {
      reads: { group: ['client', 'server'] },
      when: (s: Step) => isGhost(s.before) && s.after.server.object.kind === 'none',
    },
  ),
  reachable(
    {
      id: 'dead-in-the-queue',
      family,
      sentence: 'What waits in the accept queue is closed already.',
      formula: '◇ a dead child in FIFO',
      source: 'linux: tcp_reset, inet_csk_accept',
    },
    {
      reads: { group: ['server'] },
      when: ({ server: { object, dead } }: View) =>
        dead.length > 0 ||
        (object.kind === 'child' &&
          object.place !== undefined &&
          !isTimeWait(object.socket) &&
          stateName(object.socket) === 'CLOSED'),
    },
  ),
  happens(
    {
      id: 'refused',
      family,
      sentence: 'A client is refused: its SYN is answered with RST.',
      formula: '◇[SYN_SENT ∧ CLOSED′ by RST]',
      source: 'RFC 9293 §3.10.7.1, §3.10.7.3 · linux: tcp_v4_send_reset',
    },
    {
      reads: { group: ['client'] },
      when: ({ after: { client } }: Step) => client.socket.state === 'CLOSED' && client.socket.because === 'refused',
    },
  ),
  happens(
    {
      id: 'buried',
      family,
      sentence: 'A child that was not accepted is reset, for its listener is closed.',
      formula: '◇[listener closed ∧ queued child ∧ RST′]',
      source: 'linux: inet_csk_listen_stop, inet_child_forget',
    },
    {
      reads: { group: ['server'] },
      when: ({ rule, effects }: Step) => rule === 'bury' && effects.some((e) => e.startsWith('server sent [R')),
    },
  ),
  reachable(
    {
      id: 'request-outlives-listener',
      family,
      sentence: 'A request is still there when its listener is closed.',
      formula: '◇ listener closed ∧ R',
      source: 'linux: inet_csk_listen_stop leaves requests to their timers',
    },
    {
      reads: { group: ['server'], shared: ['listener'] },
      when: ({ server, listener }: View) => listener.closed === true && server.object.kind === 'request',
    },
  ),
  reachable(
    {
      id: 'cookie-ghost',
      family,
      sentence: 'A client is established by a cookie, the accept queue is full, and the server knows nothing of it.',
      formula: '◇ client = ESTABLISHED ∧ no R ∧ a > B',
      source: 'linux: cookie_v4_check, tcp_get_cookie_sock',
    },
    {
      reads: { group: ['client', 'server'], shared: ['listener'] },
      when: ({ client, server, listener }: View) =>
        stateName(client.socket) === 'ESTABLISHED' &&
        server.object.kind === 'none' &&
        server.cookie !== undefined &&
        listener.acceptQueue > listener.backlog,
    },
  ),
]
