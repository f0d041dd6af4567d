/** A few segments at one listener: what becomes of them. */
import {
  type Answer,
  answer,
  arrive,
  type Listener,
  listen,
  newServer,
  questionAbout,
  type Segment,
  type Server,
  type Stack,
  seq,
} from '../../model/index.ts'

const IRS = seq(100)
const ISS = seq(500)

interface Met {
  readonly server: Server
  readonly listener: Listener
  readonly answer: Answer
}

const meets = (server: Server, listener: Listener, s: Segment, stack: Stack): Met => {
  const { to, answer: given } = answer(listener, questionAbout(server, s, stack), stack)!
  return { server: arrive(server, s, given, ISS, stack).to, listener: to, answer: given }
}

const syn = (clock: number): Segment => ({
  flags: 'S',
  seq: IRS,
  len: 0,
  options: { mss: 1460, windowScale: 7, sack: true, timestamp: { val: clock, echo: 0 } },
})

/** Another host with the same address has ended in TIME_WAIT here, with the clock at 1000. */
export const synBehindNat =
  (clock: number) =>
  (plain: Stack): string => {
    const stack = { ...plain, offers: { mss: 1460, windowScale: 7, clock: 1 } }
    const address = 'the NAT'
    const { to } = answer(listen(5, stack), { ask: 'remember', address, clock: 1000 }, stack)!
    return meets({ ...newServer, peer: { address } }, to, syn(clock), stack).answer.answer
  }

/** The SYN queue is full, the accept queue is not: a cookie goes out and comes back. */
export const optionsOfCookie = (plain: Stack): string => {
  const stack = {
    ...plain,
    sysctls: { ...plain.sysctls, tcp_syncookies: 1 },
    offers: { mss: 1460, windowScale: 7, clock: 1 },
  }
  const pressed: Listener = { ...listen(5, stack), requests: 1000, young: 1000 }
  const sent = meets(newServer, pressed, syn(10), stack)
  const stamp = stack.sysctls.tcp_timestamps === 0 ? {} : { options: { timestamp: { val: 11, echo: 1 } } }
  const ack: Segment = { flags: '.', seq: seq(101), len: 0, ack: seq(501), ...stamp }
  const { server } = meets(sent.server, sent.listener, ack, stack)
  const socket = server.object.kind === 'child' ? server.object.socket : undefined
  if (socket === undefined || !('snd' in socket)) return 'no connection'
  const { windowScale, sack } = socket.options ?? {}
  if (windowScale === undefined && sack === undefined) return 'lost'
  return windowScale !== undefined && sack ? 'kept' : 'kept in part'
}
