/** A server's process that connects from the port on which it listens: simultaneous open, and the split handshake. */
import type { Server } from '../listener/object.ts'
import { react } from '../reaction.ts'
import { pureAck, type Segment } from '../segment.ts'
import { add } from '../sequence.ts'
import type { Socket } from '../socket/socket.ts'
import { connect } from '../socket/synSent.ts'
import { issOf, payFrom, putInto, serverOutcome, takeFrom } from './links.ts'
import type { Outcome, Rule } from './rule.ts'
import type { Setting } from './setting.ts'

/** Its SYN_SENT is found before the listener, whoever's SYN comes. */
const connecting = (server: Server, setting: Setting, before: readonly Segment[] = [], heard?: Segment): Outcome => {
  const iss = issOf('server', server.made, setting)
  const { to, send, count } = connect(iss, setting.serverStack)
  const next: Server = { ...server, object: { kind: 'child', socket: to as Socket }, made: server.made + 1 }
  return serverOutcome(server, react(next, [...before, ...send], count), setting, heard)
}

const mayConnect = ({ object, made }: Server): boolean => object.kind === 'none' && made === 0

/** The SYN is not for the listener: the process has heard it, and will answer with a SYN of its own. */
export const connectsBack = (server: Server, s: Segment, setting: Setting): boolean =>
  setting.server.connects === 'in answer to a SYN' && s.flags === 'S' && mayConnect(server)

/** connect() while the client may be doing the same. RFC 9293 §3.5, figure 8 */
const connectToo = (kinds: readonly string[], setting: Setting): Rule => ({
  name: 'server connect',
  kinds,
  actor: 'server',
  source: 'RFC 9293 §3.5 · linux: tcp_v4_connect',
  fairness: 'none',
  links: [
    { part: 'server', step: (server: Server) => (mayConnect(server) ? [connecting(server, setting)] : []) },
    putInto('down', setting),
  ],
})

/** The SYN+ACK in two: an ACK, which a client in SYN_SENT ignores, and a SYN, which it answers like a server. Beardsley and Qian 2010 */
const connectBack = (kinds: readonly string[], setting: Setting): Rule => ({
  name: 'server splits its SYN+ACK',
  kinds,
  actor: 'server',
  source: 'RFC 9293 §3.10.7.3 · linux: tcp_rcv_synsent_state_process',
  fairness: 'weak',
  links: [
    takeFrom('up', setting),
    {
      part: 'server',
      step: (server: Server, { segment, spend }: { segment: Segment; spend?: string }): Outcome[] => {
        if (!connectsBack(server, segment, setting)) return []
        const ack = pureAck(issOf('server', server.made, setting), add(segment.seq, 1))
        const o = connecting(server, setting, [ack], segment)
        return [spend === undefined ? o : { ...o, label: { ...o.label, spend } }]
      },
    },
    payFrom,
    putInto('down', setting),
  ],
})

export const activeServerRules = (kinds: readonly string[], setting: Setting): Rule[] => {
  const { connects } = setting.server
  if (connects === undefined) return []
  return [connects === 'at any time' ? connectToo(kinds, setting) : connectBack(kinds, setting)]
}
