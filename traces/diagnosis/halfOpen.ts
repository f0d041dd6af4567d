/** A connection that one end has ended without the knowledge of the other. */
import type { Side } from '../replay/packets/observation.ts'
import { type Cause, called, type Diagnosis, judged } from './diagnosis.ts'
import { syncookieOf } from './openingFacts.ts'
import type { Reset } from './reset.ts'
import { LEAST_IDLE_TIMEOUT, oddTraits, silenceBefore } from './reset-form.ts'
import { numbers, type Said, serverMoved, type Talk, thirdAck } from './talk.ts'

/** RFC 9293 §3.5.1: half-open connections. linux: tcp_v4_rcv finds no socket. */
export const halfOpen = (talk: Talk, { reset, answers, fin }: Reset): Diagnosis | undefined => {
  if (fin || !answers || provesNoCookie(talk, reset)) return undefined
  const isSilent = reset.from === 'server' && serverMoved(talk, reset.at) === undefined
  if (isSilent && talk.begins && !wasQuiet(talk, answers)) return undefined
  // Of an end that the capture shows by its RST alone, nothing tells whether it was ever there.
  const isUnknown = isSilent && !talk.begins
  const idle = silenceBefore(talk, answers)
  const isLong = idle !== undefined && idle >= LEAST_IDLE_TIMEOUT
  const odd = oddTraits(talk, reset)
  return {
    id: 'half-open',
    words: `${idle !== undefined && idle >= WORTH_SAYING ? `after ${idle.toFixed(0)} s of silence, ` : ''}packet ${answers.packet} finds no connection at the ${reset.from}, of which no FIN and no RST was seen before: packet ${reset.packet} resets it${odd.length > 0 ? ` (${odd.join(', ')})` : ''}`,
    ...judged(
      called('half-open', [
        ...(isLong
          ? [
              {
                words: `a middlebox on the way (NAT, firewall, load balancer) has forgotten the flow: its idle timeout lies under ${Math.ceil(idle)} s`,
                is: 'flow-forgotten' as const,
                cost: 1,
              },
            ]
          : []),
        {
          words: `the ${reset.from} has forgotten the connection: it was restarted, or its address moved to another host`,
          cost: isLong || odd.length > 0 ? 2 : 1,
        },
        endedUnseen(talk, reset.from, isUnknown ? 1 : 2),
        ...(isUnknown ? [neverOpened(answers.from)] : []),
        { words: 'something between the ends sent the RST', cost: odd.length > 0 ? 1 : 2 },
      ]),
    ),
    packets: numbers(answers, reset),
    decides: [
      ...(isLong ? ['TCP keepalives at a shorter interval than the timeout, which end it if that is the cause'] : []),
      `\`ss -tan\` and uptime on the ${reset.from}`,
      ...(reset.hops === undefined ? [`whether the TTL of packet ${reset.packet} is that of its other packets`] : []),
    ].join('; '),
    clause: 'RFC 9293 §3.5.1 · linux: tcp_v4_send_reset',
  }
}

/** Seconds of silence that are no pause of an application at work. */
const WORTH_SAYING = 10

/** What it sent last was lost before the tap: a tap at its own interface would have seen it. */
const endedUnseen = ({ tap }: Talk, side: Side, cost: number): Cause => {
  const words = `the ${side} aborted it, or closed it and gave its FIN up (tcp_orphan_retries), and that was lost before the tap`
  return tap === side ? { words, ruledOut: `the capture was taken at the ${side}` } : { words, cost }
}

const neverOpened = (side: Side): Cause => ({
  words: `there never was such a connection: the ${side} probes (an ACK scan), or a syncookie has expired that its ACK answers`,
  cost: 1,
})

/** The third ACK was taken without a word: nothing was repeated before this packet came. */
const wasQuiet = (talk: Talk, answers: Said): boolean => {
  const third = thirdAck(talk)!
  return third.at < answers.at && third.ack === answers.ack && answers.len > 0
}

/** There is no connection yet: the RST answers what does not prove the cookie. linux: cookie_v4_check */
const provesNoCookie = (talk: Talk, reset: Said): boolean =>
  reset.from === 'server' &&
  !talk.said.some((s) => s.at < reset.at && s.from === 'server' && !/[SR]/.test(s.flags)) &&
  syncookieOf(talk) !== undefined
