/** Connections that a RST ends, by what the end that sends it had said and heard before. */
import { findPacket } from '../readers/connections.ts'
import { peerOf } from '../replay/packets/observation.ts'
import { type Diagnosis, judged } from './diagnosis.ts'
import { halfOpen } from './halfOpen.ts'
import { formOf, oddTraits } from './reset-form.ts'
import { covers, has, isProbe, lastBefore, numbers, repeatsOf, type Said, type Talk, thirdAck, times } from './talk.ts'

/** A RST, the packet it answers, and the FIN that its sender had sent. */
export interface Reset {
  readonly reset: Said
  readonly answers?: Said
  readonly fin?: Said
  readonly finAcked?: Said
}

/** RSTs that answer a packet carry its acknowledgment number as their own. RFC 9293 §3.10.7.1 */
const firstReset = (talk: Talk): Reset | undefined => {
  const { said, marked, begins, connection } = talk
  const reset = marked.find((s) => has(s, 'R'))
  if (reset === undefined || (begins && thirdAck(talk) === undefined)) return undefined
  const heard = lastBefore(talk, reset.at, peerOf(reset.from))
  // Where an absolute number stands beside relative ones, the place of the RST is unknown: its form alone speaks.
  const isPlaced = findPacket(connection, ({ number }) => number === reset.packet)?.sequence !== undefined
  const answers = heard && !has(reset, '.') && (!isPlaced || heard.ack === reset.seq) ? heard : undefined
  const fin = marked.find((s) => s.at < reset.at && s.from === reset.from && has(s, 'F'))
  const finAcked =
    fin && said.find((s) => s.at > fin.at && s.at < reset.at && s.from !== fin.from && covers(s, fin.end))
  return { reset, ...(answers && { answers }), ...(fin && { fin }), ...(finAcked && { finAcked }) }
}

/** Retransmissions of what its sender had last to say, unanswered until the RST. */
const unanswered = (talk: Talk, { reset }: Reset): { first: Said; again: Said[] } | undefined => {
  const heard = talk.said.findLast((s) => s.at < reset.at - 1 && s.from !== reset.from)
  const first = talk.said.find((s) => s.at > (heard?.at ?? -1) && s.at < reset.at && s.from === reset.from && s.len > 0)
  const again = first ? repeatsOf(talk, first).filter((s) => s.at < reset.at) : []
  return first && again.length > 0 ? { first, again } : undefined
}

const decidesAtEnd = (side: string, counter: string): string => `${counter} of \`nstat\` on the ${side}`

export const resets = (talk: Talk): Diagnosis[] => {
  const r = firstReset(talk)
  if (r === undefined) return []
  for (const rule of [
    keepaliveDeath,
    finWait2Timeout,
    dataAfterClose,
    orphanGivesUp,
    gaveUp,
    halfOpen,
    closedUnread,
    childGone,
  ]) {
    const found = rule(talk, r)
    if (found) return [found]
  }
  return []
}

/** linux: tcp_keepalive_timer; RFC 9293 §3.8.4 */
const keepaliveDeath = (talk: Talk, { reset }: Reset): Diagnosis | undefined => {
  const heard = lastBefore(talk, reset.at, peerOf(reset.from))
  const probes = talk.said.filter((s) => s.at > (heard?.at ?? -1) && s.at < reset.at && isProbe(talk, s))
  if (probes.length < 2 || probes.some((s) => s.from !== reset.from)) return undefined
  const side = reset.from
  return {
    id: 'keepalive-death',
    words: `the ${side} sends ${probes.length} keepalive probes that are not answered, and ends the connection with packet ${reset.packet}`,
    ...judged([
      { words: `the ${peerOf(side)} is gone or cannot be reached: tcp_keepalive_probes are used up`, cost: 1 },
    ]),
    packets: numbers(...probes, reset),
    decides: `a capture at the ${peerOf(side)}: whether the probes arrive there`,
    clause: 'RFC 9293 §3.8.4 · linux: tcp_keepalive_timer',
  }
}

/** Seconds: the least tcp_fin_timeout. */
const LEAST_TIMEOUT = 1

/** linux: tcp_fin_timeout, tcp_time_wait in FIN_WAIT2: the FIN of the other end finds nothing any more. */
const finWait2Timeout = (_: Talk, { reset, answers, fin, finAcked }: Reset): Diagnosis | undefined => {
  if (!fin || !finAcked || !answers || !has(answers, 'F') || answers.len > 0 || finAcked.at >= answers.at)
    return undefined
  const seconds = answers.time === undefined || finAcked.time === undefined ? undefined : answers.time - finAcked.time
  const waited = seconds === undefined ? '' : ` after ${seconds.toFixed(1)} s`
  const timeout = `tcp_fin_timeout (or TCP_LINGER2) of the ${reset.from} ended its orphan in FIN_WAIT2`
  return {
    id: 'FIN_WAIT2-timeout',
    words: `the FIN of the ${answers.from} comes${waited} and is answered by RST: the ${reset.from} has left FIN_WAIT2`,
    ...judged([
      seconds !== undefined && seconds < LEAST_TIMEOUT
        ? { words: timeout, ruledOut: `no such timeout is as short as ${seconds.toFixed(3)} s` }
        : { words: timeout, cost: 1 },
      {
        words: `the ${reset.from} had no room for its TIME_WAIT (tcp_max_tw_buckets): the orphan was dropped at once`,
        cost: seconds !== undefined && seconds < LEAST_TIMEOUT ? 1 : 3,
      },
      { words: `the ${reset.from} was restarted meanwhile`, cost: 2 },
    ]),
    packets: numbers(fin, finAcked, answers, reset),
    decides:
      '`ss -tan state fin-wait-2` there before the FIN comes; `sysctl net.ipv4.tcp_fin_timeout`; TcpExtTCPTimeWaitOverflow of `nstat`',
    clause: 'linux: tcp_fin_timeout, tcp_rcv_state_process',
  }
}

/** linux: tcp_rcv_state_process, TCPAbortOnData. RFC 9293 §3.6.1: close() without reading on. */
const dataAfterClose = (talk: Talk, { reset, answers, fin }: Reset): Diagnosis | undefined => {
  if (!fin || !answers || answers.len === 0) return undefined
  const acked = talk.said.some((s) => s.at < reset.at && s.from !== fin.from && covers(s, fin.end))
  if (!acked) return undefined
  return {
    id: 'data-after-close',
    words: `the ${reset.from} has closed (packet ${fin.packet}); ${answers.len} bytes come afterwards, and packet ${reset.packet} rejects them`,
    ...judged([
      {
        words: `the application of the ${reset.from} called close() while the ${answers.from} still had something to say`,
        cost: 1,
      },
      { words: `the ${reset.from} had forgotten the connection already (tcp_fin_timeout)`, cost: 2 },
    ]),
    packets: numbers(fin, answers, reset),
    decides: decidesAtEnd(reset.from, 'TcpExtTCPAbortOnData or TcpExtTCPAbortOnClose'),
    clause: 'RFC 9293 §3.6.1 · linux: tcp_rcv_state_process',
  }
}

/** linux: tcp_out_of_resources, tcp_orphan_retries. */
const orphanGivesUp = (talk: Talk, { reset, answers, fin, finAcked }: Reset): Diagnosis | undefined => {
  if (!fin || finAcked || !answers) return undefined
  const again = repeatsOf(talk, fin).filter((s) => s.at < reset.at)
  if (again.length === 0) return undefined
  return {
    id: 'orphan-give-up',
    words: `the ${reset.from} repeats its FIN ${times(again.length)} without an acknowledgment and gives up: packet ${answers.packet} finds nothing`,
    ...judged([
      { words: `tcp_orphan_retries of the ${reset.from} are used up`, cost: 1 },
      { words: `the ${reset.from} was restarted meanwhile`, cost: 2 },
    ]),
    packets: numbers(fin, ...again, answers, reset),
    decides: `${decidesAtEnd(reset.from, 'TcpExtTCPAbortOnTimeout')}; \`ss -tan state fin-wait-1\``,
    clause: 'linux: tcp_orphan_retries, tcp_write_timeout',
  }
}

/** linux: tcp_write_timeout: tcp_retries2 or TCP_USER_TIMEOUT; the latter need not fall on a retransmission that is due. */
const gaveUp = (talk: Talk, r: Reset): Diagnosis | undefined => {
  const tries = r.fin || !r.answers ? undefined : unanswered(talk, r)
  if (tries === undefined || tries.again.length < 2) return undefined
  const { reset } = r
  const answers = r.answers!
  const { first, again } = tries
  const due = nextDue([first, ...again])
  const early = due !== undefined && reset.time !== undefined && reset.time < due
  const known = due !== undefined && reset.time !== undefined
  const userTimeout = { words: `TCP_USER_TIMEOUT of the ${reset.from} ran out`, cost: early ? 1 : 2 }
  const retries = {
    words: `tcp_retries2 of the ${reset.from} are used up`,
    ...(early
      ? { ruledOut: `the next retransmission was not due before packet ${reset.packet}` }
      : { cost: known ? 1 : 2 }),
  }
  return {
    id: early ? 'user-timeout' : 'retransmission-give-up',
    words:
      `the ${reset.from} repeats packet ${first.packet} ${times(again.length)} without an acknowledgment and gives up` +
      `${early ? ' before the next retransmission is due' : ''}: packet ${answers.packet} finds nothing`,
    ...judged([userTimeout, retries, { words: `the ${reset.from} was restarted meanwhile`, cost: 3 }]),
    packets: numbers(first, ...again, answers, reset),
    decides: `${decidesAtEnd(reset.from, 'TcpExtTCPAbortOnTimeout')}; \`sysctl net.ipv4.tcp_retries2\`; the socket options of the application`,
    clause: 'RFC 9293 §3.8.3, RFC 5482 · linux: tcp_write_timeout, retransmits_timed_out',
  }
}

/** The timer doubles: as long again as twice the last wait. RFC 6298 §5.5 */
const nextDue = (sent: readonly Said[]): number | undefined => {
  const [before, last] = sent.slice(-2).map((s) => s.time)
  return before === undefined || last === undefined ? undefined : last + 2 * (last - before)
}

/** RFC 2525 §2.17, RFC 9293 §3.6.1 · linux: tcp_close: unread data turns a FIN into a RST. */
const closedUnread = (talk: Talk, { reset, fin }: Reset): Diagnosis | undefined => {
  const data = talk.said.filter((s) => s.at < reset.at && s.from !== reset.from && s.len > 0)
  if (fin || !has(reset, '.') || data.length === 0) return undefined
  const last = data.at(-1)!
  const form = formOf(talk, reset)
  const odd = oddTraits(talk, reset)
  const strange = form === 'neither' || odd.length > 0
  const traits = [
    ...(form === 'neither' ? ['it has no timestamp, which every segment of a socket has here'] : []),
    ...odd,
  ]
  return {
    id: strange ? 'middlebox-RST' : 'unread-data',
    words: strange
      ? `packet ${reset.packet} resets the connection in the name of the ${reset.from}, having got data until packet ${last.packet}; ${traits.join(', ')}`
      : `the ${reset.from} ends the connection with a RST of its own (packet ${reset.packet}), having got data until packet ${last.packet}`,
    ...judged([
      ...(strange
        ? [
            {
              words:
                'something between the ends (a proxy, a firewall, the network of a container or VPN) sent the RST, or the end is no Linux',
              cost: 1,
            },
          ]
        : []),
      { words: `the application of the ${reset.from} closed without reading all of it`, cost: strange ? 2 : 1 },
      { words: 'it closed with SO_LINGER 0, or the socket was killed', cost: 2 },
    ]),
    packets: numbers(last, reset),
    decides: decidesAtEnd(reset.from, 'TcpExtTCPAbortOnClose (unread data) or TcpExtTCPAbortOnData (SO_LINGER 0)'),
    clause: 'RFC 2525 §2.17 · linux: __tcp_close',
  }
}

/** linux: inet_csk_listen_stop: children not accepted are reset with their listener. */
const childGone = (talk: Talk, { reset, fin }: Reset): Diagnosis | undefined => {
  const spoke = talk.said.some((s) => s.at < reset.at && s.len > 0)
  if (fin || spoke || reset.from !== 'server' || !has(reset, '.')) return undefined
  return {
    id: 'queued-child-gone',
    words: `packet ${reset.packet} ends a connection on which the server never said anything`,
    ...judged([
      { words: 'the listener was closed while the connection waited in the accept queue', cost: 1 },
      { words: 'the server accepted it and closed it with SO_LINGER 0', cost: 1 },
    ]),
    packets: numbers(thirdAck(talk), reset),
    decides: '`ss -ltn` on the server: whether the listener is still there; the log of its application',
    clause: 'linux: inet_csk_listen_stop',
  }
}
