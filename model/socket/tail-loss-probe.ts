/** The tail-loss probe. RFC 8985 §7 · linux: tcp_schedule_loss_probe, tcp_send_loss_probe, tcp_process_tlp_ack */
import { produce } from 'immer'
import type { Stack } from '../config.ts'
import { stamped } from '../options.ts'
import { type Reaction, react } from '../reaction.ts'
import { type Segment, segmentLength } from '../segment.ts'
import { notAfter, type Seq } from '../sequence.ts'
import { lastSent } from './output.ts'
import type { Probed, Socket, Tcb } from './socket.ts'

/**
 * The last segment once more, before the first timeout and one at a time; only where the SYNs have settled on selective
 * acknowledgment. Exploration leaves it out: it says nothing that a retransmission does not. `last`: see `lastSent`.
 */
export const probe = (t: Tcb, stack: Stack, last?: Seq): Reaction<Socket> | undefined =>
  t.rtx === undefined || t.probed || t.afterTimeout || (t.options !== undefined && !t.options.sack)
    ? undefined
    : stamped(
        react(
          produce(t, (d) => {
            d.probed = probed(t.snd.nxt, stack, true)
          }),
          [lastSent(t, stack, last)],
          ['TCPLossProbes', 'RetransSegs'],
        ),
        t.options,
        stack,
      )

/** @param nxt SND.NXT, once it has been sent */
export const probed = (nxt: Seq, stack: Stack, repeats = false): Probed =>
  stack.knowsDuplicates ? { upTo: nxt, ...(repeats && { repeats: true as const }) } : {}

/**
 * Whether a segment ends the time in which no other probe is sent. An ACK of all that was out when the probe left does so
 * if the probe was new text, if its SACK blocks tell that the repeated text came twice, or if it acknowledges nothing new;
 * any later ACK does. linux: tcp_process_tlp_ack
 */
export const probeEnds = ({ upTo, repeats }: Probed, s: Segment, advances: boolean): boolean => {
  if (upTo === undefined) return advances
  if (s.ack === undefined || (s.ack !== upTo && notAfter(s.ack, upTo))) return false
  if (s.ack !== upTo || !repeats) return true
  return advances ? s.options?.duplicate === true : segmentLength(s) === 0
}
