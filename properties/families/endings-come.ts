/** That what has begun to end ends: FINs, TIME_WAIT, dead peers, text that is never acknowledged. */
import { distance, isTcb, isTimeWait, type Socket, type StateName, stateName, type Tcb } from '../../model/index.ts'
import { leadsTo, socketsOf, type TcpProperty, type View } from '../property.ts'

const family = 'liveness' as const
const ends = { group: ['client', 'server'] }
const client = { group: ['client'] }
type OfClient = Pick<View, 'client'>

const isOrphan = (s: Socket, state: StateName): boolean => isTcb(s) && s.orphan === true && s.state === state

/** Asked of each end by itself: the client, and the server's child. */
const atEitherEnd = (
  id: string,
  sentence: string,
  formula: string,
  source: string,
  given: (s: Socket) => boolean,
  then: (s: Socket) => boolean = (s) => !given(s),
): TcpProperty[] => [
  leadsTo(
    { id, family, sentence, formula, source },
    {
      reads: ends,
      given: (v: View) => socketsOf(v).some(given),
      then: (v: View) => socketsOf(v).every((s) => !given(s) || then(s)),
    },
  ),
]

const written = (t: Tcb): boolean => distance(t.snd.una, t.snd.end) > 0

const isClosing = (s: Socket): boolean => stateName(s) === 'LAST_ACK' || stateName(s) === 'CLOSING'

const bothClosed = (v: View): boolean => {
  const { object } = v.server
  return (
    object.kind === 'child' &&
    isTcb(object.socket) &&
    isTcb(v.client.socket) &&
    object.socket.orphan === true &&
    v.client.socket.orphan === true
  )
}

const isOver = (s: Socket): boolean => s.state === 'CLOSED' || isTimeWait(s)

const isDone = (v: View): boolean => v.server.object.kind !== 'request' && socketsOf(v).every(isOver)

export const endingsCome: TcpProperty[] = [
  ...atEitherEnd(
    'L8',
    'FIN_WAIT1 without a process ends.',
    'FIN_WAIT1 ∧ orphan ↝ ¬FIN_WAIT1',
    'linux: tcp_orphan_retries, tcp_write_timeout',
    (s) => isOrphan(s, 'FIN_WAIT1'),
  ),
  ...atEitherEnd(
    'L9',
    'FIN_WAIT2 without a process ends.',
    'FIN_WAIT2 ∧ orphan ↝ CLOSED ∨ TIME_WAIT',
    'linux: tcp_fin_time, tcp_keepalive_timer; not in RFC 9293 §3.6',
    (s) => isOrphan(s, 'FIN_WAIT2') || (isTimeWait(s) && s.substate === 'FIN_WAIT2'),
  ),
  ...atEitherEnd(
    'L10',
    'LAST_ACK and CLOSING end.',
    'LAST_ACK ∨ CLOSING ↝ CLOSED ∨ TIME_WAIT',
    'RFC 9293 §3.6 · linux: tcp_write_timeout',
    isClosing,
  ),
  ...atEitherEnd(
    'L11',
    'TIME_WAIT ends.',
    'TIME_WAIT ↝ CLOSED',
    'RFC 9293 §3.6 · linux: tw_timer_handler; a peer that goes on sending what restarts it keeps it',
    (s) => isTimeWait(s) && s.substate === 'TIME_WAIT',
  ),
  leadsTo(
    {
      id: 'L12',
      family,
      sentence: 'A connection whose peer has crashed ends, though neither process says a word.',
      formula: 'server ESTABLISHED ∧ client crashed ↝ server CLOSED',
      source: 'RFC 1122 §4.2.3.6 · linux: tcp_keepalive_timer: only with SO_KEEPALIVE',
    },
    {
      reads: ends,
      given: ({ client: { socket }, server: { object } }: View) =>
        socket.state === 'CLOSED' &&
        socket.because === 'crashed' &&
        object.kind === 'child' &&
        object.socket.state === 'ESTABLISHED',
      then: ({ server: { object } }: View) => object.kind !== 'child' || object.socket.state !== 'ESTABLISHED',
    },
  ),
  leadsTo(
    {
      id: 'L14',
      family,
      sentence: 'Once both processes have called close(), both ends come to CLOSED or TIME_WAIT.',
      formula: 'both closed ↝ both CLOSED ∨ TIME_WAIT',
      source: 'RFC 9293 §3.6 · linux: tcp_write_timeout',
    },
    { reads: ends, given: bothClosed, then: isDone },
  ),
  ...atEitherEnd(
    'L15',
    'CLOSE_WAIT ends.',
    'CLOSE_WAIT ↝ ¬CLOSE_WAIT',
    'nothing but the process can end it: a leak of descriptors shows as CLOSE_WAIT',
    (s) => stateName(s) === 'CLOSE_WAIT',
  ),
  leadsTo(
    {
      id: 'L16',
      family,
      sentence: 'What is written is acknowledged in the end, or its process is told that it was not.',
      formula: 'SND.UNA < written ↝ acknowledged ∨ error',
      source: 'RFC 1122 §4.2.3.5 · linux: tcp_write_err; after close() there is no process to tell',
    },
    {
      reads: client,
      given: ({ client: { socket } }: OfClient) => isTcb(socket) && socket.orphan !== true && written(socket),
      then: ({ client: { socket } }: OfClient) =>
        isTcb(socket)
          ? !written(socket)
          : isTimeWait(socket) || (socket.state === 'CLOSED' && ['reset', 'timed out'].includes(socket.because)),
    },
  ),
]
