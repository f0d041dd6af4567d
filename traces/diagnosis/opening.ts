/** Connections that never came to be, or came to be late. */
import { cheapestEnd } from '../replay/beliefs.ts'
import { involves } from '../replay/inventions.ts'
import { runThrough } from '../replay/runs.ts'
import { type Cause, called, type Diagnosis, judged } from './diagnosis.ts'
import { fullOf, listenerAfter, listenerBefore, syncookieOf } from './openingFacts.ts'
import { formOf } from './reset-form.ts'
import { has, numbers, type Talk, thirdAck } from './talk.ts'
import { recycled } from './tw-recycle.ts'

/** A third ACK answered by RST: tcp_abort_on_overflow, or a listener that went away meanwhile. */
export const resetHandshake = (talk: Talk): Diagnosis[] => {
  const { said, marked, begins, replayed } = talk
  const reset = marked.find((s) => s.from === 'server' && s.flags === 'R')
  const third = thirdAck(talk)
  const answered = reset && said.findLast((s) => s.at < reset.at && s.from === 'client')
  if (
    !begins ||
    !reset ||
    !third ||
    !answered ||
    said.some((s) => s.at < reset.at && s.from === 'server' && !has(s, 'S'))
  )
    return []
  if (syncookieOf(talk)) return [] // without a request: the RST answers what proves no cookie
  const aborts = byModel(talk)
  const quiet =
    said.some((s) => s.at > third.at && s.at < reset.at && s.from === 'client') && waited(third.time, answered.time)
  if (replayed.connection.verdict !== 'conforms' || quiet) return []
  const after = listenerAfter(talk, reset.time)
  const closed: Cause = {
    words: 'the listener was closed before the third ACK came',
    ...(after.listening
      ? { ruledOut: `packet ${after.listening} shows it listening afterwards` }
      : { cost: after.refusing ? 1 : 3 }),
  }
  const overflow: Cause = {
    words: 'the accept queue is full and tcp_abort_on_overflow is 1',
    cost: aborts || !after.refusing ? 2 : 3,
    meets: numbers(answered),
  }
  const gone = after.refusing !== undefined
  return [
    {
      id: gone ? 'listener-gone' : 'abort-on-overflow',
      words: `packet ${reset.packet} resets a handshake that the client had completed`,
      ...judged([overflow, closed]),
      packets: gone ? [...numbers(answered, reset), after.refusing!] : [reset.packet],
      decides:
        'EmbryonicRsts and ListenOverflows on the server: both grow by one with this packet if the queue is full; `sysctl net.ipv4.tcp_abort_on_overflow`',
      clause: gone
        ? 'linux: tcp_v4_rcv finds no listener, inet_csk_listen_stop'
        : 'linux: tcp_check_req, tcp_abort_on_overflow',
    },
  ]
}

const byModel = ({ replayed }: Talk): boolean => {
  const s = replayed.server?.surviving
  return (
    s !== undefined &&
    runThrough(s, cheapestEnd(s)).some(({ edge }) =>
      involves(edge?.invents, 'abort-on-overflow', 'abort-on-overflow-later'),
    )
  )
}

/** A moment in which a request would have been refused long ago. */
const waited = (from: number | undefined, to: number | undefined): boolean =>
  from !== undefined && to !== undefined && to - from > 0.05

/** SYNs and nothing else. */
export const synUnanswered = (talk: Talk): Diagnosis[] => {
  const { said } = talk
  if (said.length === 0 || !said.every((x) => x.from === 'client' && x.flags === 'S')) return []
  const { acceptQueue, synQueue, path, unaccepted } = fullOf(talk)
  const recycle = recycled(talk, unaccepted)
  const order = unaccepted ? [acceptQueue, synQueue, path] : [path, acceptQueue, synQueue]
  const counter = recycle.length > 0 ? 'PAWSPassive (tcp_tw_recycle), ' : ''
  return [
    {
      id: 'SYN-unanswered',
      words: `${said.length} SYN${said.length > 1 ? 's' : ''}, and no answer`,
      ...judged(called('SYN-unanswered', [...recycle, ...order])),
      packets: said.map((x) => x.packet),
      decides: `on the server ${counter}ListenOverflows (accept queue), TCPReqQFullDrop (SYN queue), or neither (the path)`,
      clause: 'linux: tcp_conn_request',
    },
  ]
}

/** SYN answered by RST. */
export const refused = (talk: Talk): Diagnosis[] => {
  const [first, second] = talk.said
  if (first?.flags !== 'S' || second?.from !== 'server' || second.flags !== 'R.') return []
  const { listening: before } = listenerBefore(talk, first.time)
  const { listening: after } = listenerAfter(talk, second.time)
  const open = before ?? after
  // What sends it has no socket, so no timestamp: a RST with one is the listener's own. linux: tcp_v4_send_reset
  const isSocket = formOf(talk, second) === 'socket' || second.options?.timestamp !== undefined
  const times =
    before !== undefined && after !== undefined ? 'before and after' : before === undefined ? 'afterwards' : 'before'
  return [
    {
      id: 'refused',
      words: `packet ${second.packet} refuses the connection${open === undefined ? '' : `, though the port answers others ${times} (packet${before !== undefined && after !== undefined ? `s ${before} and ${after}` : ` ${open}`})`}`,
      ...judged([
        before !== undefined && after !== undefined
          ? {
              words: 'no socket listens on this port',
              ruledOut: `packets ${before} and ${after} show one before and after`,
            }
          : before !== undefined
            ? { words: 'the listener is gone since', cost: 1 }
            : after !== undefined
              ? { words: 'the listener was not there yet', cost: 1 }
              : { words: 'no socket listens on this port', cost: 1 },
        { words: 'a firewall or a load balancer rejects it with a RST', cost: open !== undefined ? 1 : 2 },
        ...(isSocket ? [{ words: 'a socket that has the port answers: it is not listening', cost: 2 }] : []),
      ]),
      packets: numbers(first, second),
      decides: '`ss -ltn` on the server',
      clause: 'RFC 9293 §3.10.7.1 · linux: tcp_v4_send_reset',
    },
  ]
}

/** By what it leaves out, or by what the server resets and takes afterwards. linux: cookie_v4_check */
export const cookieHandshake = (talk: Talk): Diagnosis[] => {
  const told = cookieByOptions(talk)
  const answer = told.length === 0 && syncookieOf(talk)
  const reset = answer && talk.marked.find((s) => s.from === 'server' && s.flags === 'R')
  if (!answer || !reset) return told
  return [
    {
      id: 'cookie-handshake',
      words: `packet ${answer.packet} is a syncookie: after a RST, packet ${reset.packet}, the server goes on from an ACK alone`,
      ...judged([
        { words: 'the SYN queue is full, or tcp_syncookies is 2', cost: 1 },
        { words: 'something between the ends sent the RST', cost: 2 },
      ]),
      packets: numbers(answer, reset),
      decides: COOKIE_DECIDES,
      clause: 'linux: cookie_v4_check',
    },
  ]
}

const COOKIE_DECIDES = 'SyncookiesSent on the server; `sysctl net.ipv4.tcp_syncookies`'

/** Without timestamps a cookie has no room for window scale and SACK. linux: cookie_v4_init_sequence */
const cookieByOptions = ({ marked }: Talk): Diagnosis[] => {
  const syn = marked.find((s) => s.from === 'client' && s.flags === 'S')
  const answer = marked.find((s) => s.from === 'server' && s.flags === 'S.')
  if (!syn?.options || !answer?.options || syn.options.timestamp) return []
  const offers = syn.options.windowScale !== undefined && syn.options.sackPermitted === true
  const settles = answer.options.windowScale !== undefined || answer.options.sackPermitted === true
  if (!offers || settles || answer.options.mss === undefined) return []
  return [
    {
      id: 'cookie-handshake',
      words: `packet ${answer.packet} leaves out window scale and SACK, which packet ${syn.packet} offers without timestamps: so does a syncookie`,
      ...judged([
        { words: 'the server answers with a syncookie', cost: 1 },
        { words: 'tcp_window_scaling and tcp_sack of the server are both 0, or it knows neither', cost: 2 },
      ]),
      packets: numbers(syn, answer),
      decides: COOKIE_DECIDES,
      clause: 'linux: cookie_v4_init_sequence, tcp_synack_options',
    },
  ]
}
