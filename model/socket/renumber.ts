/**
 * The same socket, the same segment, at other sequence numbers. No rule asks where numbers begin, only how they lie to each
 * other: a reaction to renumbered input is the renumbered reaction (RFC 9293 §3.4.1: any ISN will do). A replay relies on it
 * to know a moment of a long connection again; `renumber.test.ts` holds it for every rule.
 */
import type { Segment } from '../segment.ts'
import { add, type Seq } from '../sequence.ts'
import { isTcb, type Socket } from './socket.ts'

/** By how much the numbers move, in bytes, modulo 2³²: those that an end gives to what it sends, and those of its peer. */
export interface Renumbering {
  readonly own: number
  readonly peer: number
}

/** The same, seen from the other end. */
export const asPeer = ({ own, peer }: Renumbering): Renumbering => ({ own: peer, peer: own })

/** A segment of the end whose own numbers move by `own`. The RST that answers a segment without ACK has number 0 as it is. */
export const renumberSegment = (s: Segment, { own, peer }: Renumbering): Segment => ({
  ...s,
  seq: isUnnumbered(s) ? s.seq : add(s.seq, own),
  ...(s.ack !== undefined && { ack: add(s.ack, peer) }),
})

/** `<SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>`: it stands in no row of numbers. RFC 9293 §3.10.7.1 */
export const isUnnumbered = ({ flags, seq }: Pick<Segment, 'flags' | 'seq'>): boolean => flags === 'R.' && seq === 0

export const renumberSocket = (socket: Socket, by: Renumbering): Socket => {
  const own = (n: Seq): Seq => add(n, by.own)
  const peer = (n: Seq): Seq => add(n, by.peer)
  if (isTcb(socket)) {
    const { snd, rcv, ackPending, probed } = socket
    const held = rcv.held.map((h) => ({ ...h, from: peer(h.from), to: peer(h.to) }))
    return {
      ...socket,
      snd: {
        ...snd,
        una: own(snd.una),
        nxt: own(snd.nxt),
        end: own(snd.end),
        ...(snd.first !== undefined && { first: own(snd.first) }),
      },
      rcv: { ...rcv, nxt: peer(rcv.nxt), held },
      ...(ackPending !== undefined && { ackPending: peer(ackPending) }),
      ...(probed?.upTo !== undefined && { probed: { ...probed, upTo: own(probed.upTo) } }),
    }
  }
  if (socket.state === 'SYN_SENT') return { ...socket, iss: own(socket.iss) }
  return socket.state === 'TIME_WAIT' ? { ...socket, sndNxt: own(socket.sndNxt), rcvNxt: peer(socket.rcvNxt) } : socket
}
