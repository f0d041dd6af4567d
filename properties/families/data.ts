/** Text and the numbers that count it. */
import { distance, finReceived, isTcb, notAfter, type Tcb } from '../../model/index.ts'
import { changed, invariant, type Step, socketsOf, stepProperty, type TcpProperty, type View } from '../property.ts'

const family = 'data' as const
const ends = { group: ['client', 'server'] }

/** Both ends of one incarnation with a TCB each: who has sent and who has received. */
const pair = (v: View): [Tcb, Tcb] | undefined => {
  const child = v.server.object
  if (child.kind !== 'child' || !isTcb(child.socket) || !isTcb(v.client.socket)) return undefined
  return child.of === undefined || child.of === v.client.connects ? [v.client.socket, child.socket] : undefined
}

/** How far `to` has received what `from` has written, with the FIN as one more. */
const withinWritten = (from: Tcb, to: Tcb): boolean =>
  distance(to.rcv.nxt, from.snd.end) + (from.snd.fin ? 1 : 0) >= 0 && (!finReceived(to) || from.snd.fin)

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
