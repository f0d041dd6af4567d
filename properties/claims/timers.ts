/** Questions about how often, and how far apart, SYN and SYN+ACK are repeated. */
import { happens, reachable, type Step, stepProperty, type TcpProperty, type View } from '../property.ts'

type Ends = Pick<View, 'client' | 'server'>

const synsRepeated = ({ client: { socket } }: Pick<View, 'client'>): number =>
  socket.state === 'SYN_SENT' ? socket.rtx.n : 0

export const synRepeated = (times: number): TcpProperty =>
  reachable(
    {
      id: `syn-repeated-${times}`,
      family: 'reachable',
      sentence: `A SYN is repeated for the ${times}th time.`,
      formula: `◇ SYN_SENT with n = ${times}`,
      source: 'linux: tcp_retransmit_timer',
    },
    { reads: { group: ['client'] }, when: (v: Pick<View, 'client'>) => synsRepeated(v) === times },
  )

export const synWaitsDouble: TcpProperty = stepProperty(
  {
    id: 'syn-waits-double',
    family: 'timers',
    sentence: 'After each SYN the wait is twice the one before.',
    formula: '□[SYN again ⇒ wait′ = 2ⁿ · 1 s]',
    source: 'linux: tcp_retransmit_timer',
  },
  {
    reads: { group: ['client'] },
    given: ({ before, after }: Step<Pick<View, 'client'>>) => synsRepeated(after) > synsRepeated(before),
    then: ({ after }: Step<Pick<View, 'client'>>) =>
      after.client.socket.state === 'SYN_SENT' && after.client.socket.rtx.left === 2 ** synsRepeated(after),
  },
)

export const synAckRepeated = (times: number): TcpProperty =>
  reachable(
    {
      id: `syn-ack-repeated-${times}`,
      family: 'reachable',
      sentence: `A SYN+ACK is repeated for the ${times}th time.`,
      formula: `◇ R with n = ${times}`,
      source: 'linux: reqsk_timer_handler',
    },
    {
      reads: { group: ['server'] },
      when: ({ server: { object } }: Pick<View, 'server'>) => object.kind === 'request' && object.timer.n === times,
    },
  )

/** The request goes while its client believes in the connection, and not a segment tells it. */
export const goneInSilence: TcpProperty = happens(
  {
    id: 'gone-in-silence',
    family: 'reachable',
    sentence: 'The server gives up a client that is established, without a word to it.',
    formula: '◇[client = ESTABLISHED ∧ R ∧ none′ ∧ silence]',
    source: 'linux: reqsk_timer_handler',
  },
  {
    reads: { group: ['client', 'server'] },
    when: ({ before, after, effects, rule }: Step<Ends>) =>
      rule === 'server timer' &&
      before.client.socket.state === 'ESTABLISHED' &&
      before.server.object.kind === 'request' &&
      after.server.object.kind === 'none' &&
      !effects.some((e) => e.startsWith('server sent')),
  },
)
