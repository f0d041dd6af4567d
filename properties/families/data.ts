/** Text and the numbers that count it. */
import { add, distance, finReceived, isTcb, notAfter, type Tcb } from '../../model/index.ts'
import { changed, invariant, type Step, socketsOf, stepProperty, type TcpProperty, type View } from '../property.ts'

const family = 'data' as const
const ends = { group: ['client', 'server'] }

/** Both ends of one incarnation with a TCB each: the sender and the receiver. */
const pair = (v: View): [Tcb, Tcb] | undefined => {
  const child = v.server.object
  if (child.kind !== 'child' || !isTcb(child.socket) || !isTcb(v.client.socket)) return undefined
  return child.of === undefined || child.of === v.client.connects ? [v.client.socket, child.socket] : undefined
}

/** How far `to` has received what `from` has written, with the FIN as one more. */
const withinWritten = (from: Tcb, to: Tcb): boolean =>
  distance(to.rcv.nxt, from.snd.end) + (from.snd.fin ? 1 : 0) >= 0 && (!finReceived(to) || from.snd.fin)

/** The server's TCB, if a process may read from it; before the step it may have been a request, or nothing. */
const served = ({ before, after }: Step): { was?: Tcb; is: Tcb } | undefined => {
  const [was, is] = [before.server.object, after.server.object]
  if (is.kind !== 'child' || !isTcb(is.socket) || is.socket.orphan) return undefined
  return was.kind === 'child' && isTcb(was.socket) ? { was: was.socket, is: is.socket } : { is: is.socket }
}

export const data: TcpProperty[] = [
  invariant(
    {
      id: 'DT1',
      family,
      sentence: 'What one end has received is a prefix of what the other has written.',
      formula: '□ received(B, A) ⊑ written(A, B)',
      source: 'RFC 9293 §3.4: one number, one byte',
    },
    {
      reads: ends,
      given: (v: View) => pair(v) !== undefined,
      then: (v: View) => {
        const [client, server] = pair(v)!
        return withinWritten(client, server) && withinWritten(server, client)
      },
    },
  ),
  stepProperty(
    {
      id: "DT1'",
      family,
      sentence: "Text is delivered without a gap, from the client's first byte on.",
      formula: '□[Δunread = ΔRCV.NXT, where a child begins at ISS_client + 1]',
      source: 'RFC 9293 §3.4 · linux: tcp_data_queue; a cookie forgives up to three missing bytes (cookie_v4_check)',
    },
    (setting) => ({
      reads: ends,
      given: (s: Step) => s.rule === 'deliver to server' && served(s) !== undefined,
      then: (s: Step) => {
        const { was, is } = served(s)!
        const first = add(setting.iss.client, (s.after.client.connects - 1) * setting.iss.isnStep + 1)
        const fin = finReceived(is) && !(was && finReceived(was)) ? 1 : 0
        const grown = distance(was?.rcv.nxt ?? first, is.rcv.nxt) - fin
        return is.rcv.unread - (was?.rcv.unread ?? 0) === grown
      },
    }),
  ),
  invariant(
    {
      id: 'DT2',
      family,
      sentence: 'What is acknowledged has been sent, and what has been sent has been written.',
      formula: '□ SND.UNA ≤ SND.NXT ≤ written (+ 1 for the FIN)',
      source: 'RFC 9293 §3.4',
    },
    {
      reads: ends,
      given: (v: View) => socketsOf(v).some(isTcb),
      then: (v: View) =>
        socketsOf(v)
          .filter(isTcb)
          .every(({ snd }) => notAfter(snd.una, snd.nxt) && distance(snd.nxt, snd.end) + (snd.fin ? 1 : 0) >= 0),
    },
  ),
  stepProperty(
    {
      id: "DT2'",
      family,
      sentence: 'What an end expects next never goes back.',
      formula: '□[RCV.NXT′ ≥ RCV.NXT]',
      source: 'RFC 9293 §3.4',
    },
    {
      reads: ends,
      given: (s: Step) => changed(s).some(({ before, after }) => isTcb(before) && isTcb(after)),
      then: (s: Step) =>
        changed(s).every(
          ({ before, after }) => !isTcb(before) || !isTcb(after) || notAfter(before.rcv.nxt, after.rcv.nxt),
        ),
    },
  ),
]
