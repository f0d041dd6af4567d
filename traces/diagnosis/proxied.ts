/** What something between the ends leaves on an open connection: a SYN+ACK without a window, timestamps that are missing. */
import { type Diagnosis, judged } from './diagnosis.ts'
import { has, numbers, type Said, type Talk } from './talk.ts'

/** A SYN proxy answers before it has asked the server, so it offers no room yet. linux: synproxy_send_client_synack */
export const synAckWithoutWindow = ({ said, marked }: Talk): Diagnosis[] => {
  const synAck = marked.find((s) => s.from === 'server' && s.flags === 'S.')
  if (synAck?.window !== 0) return []
  const opened = said.find((s) => s.at > synAck.at && s.from === 'server' && !has(s, 'S') && (s.window ?? 0) > 0)
  const hops =
    opened?.hops !== undefined && synAck.hops !== undefined && opened.hops !== synAck.hops
      ? `; its time to live is ${synAck.hops}, that of packet ${opened.packet} ${opened.hops}: another host sent it`
      : ''
  return [
    {
      id: 'SYN-ACK-without-window',
      words: `the SYN+ACK (packet ${synAck.packet}) offers no window: ${opened ? `the client may send only after packet ${opened.packet} opens it` : 'the client may not send, and no packet opens it'}${hops}`,
      ...judged([
        {
          words: `a SYN proxy (SYNPROXY of netfilter, a firewall, a load balancer) answers for the server${opened ? ' and asks it afterwards' : ', and the server does not answer the proxy'}`,
          cost: 1,
        },
        { words: 'the server has no room in its receive buffer (SO_RCVBUF, memory)', cost: 2 },
      ]),
      packets: numbers(synAck, opened),
      decides:
        '`nft list ruleset` or `iptables-save` on the hosts between and on the server (synproxy); /proc/net/stat/synproxy; a capture behind it: whether the SYN comes anew, with other numbers',
      clause: 'RFC 4987 §3.6 · linux: synproxy_send_client_synack, synproxy_send_server_ack',
    },
  ]
}

/** Both SYNs carry timestamps, so that every segment but a RST must. RFC 7323 §3.2 */
export const timestampsOmitted = ({ said, marked }: Talk): Diagnosis[] => {
  const syns = (['client', 'server'] as const).map((side) => marked.find((s) => s.from === side && has(s, 'S')))
  if (syns.some((s) => s === undefined || s.clock === undefined)) return []
  const later = said.filter((s) => !s.inferred && !s.forged && !/[SR]/.test(s.flags))
  const shows = (s: Said): boolean => s.clock !== undefined
  // Where no segment shows one, the options are left out of the text, not of the segments.
  if (!later.some(shows)) return []
  const bare = later.filter((s) => !shows(s))
  const first = bare[0]
  if (first === undefined) return []
  const own = later.filter((s) => s.from === first.from)
  const count = own.filter((s) => !shows(s)).length
  return [
    {
      id: 'timestamps-omitted',
      words: `both SYNs agree on timestamps, and ${count === own.length ? `no later packet of the ${first.from} carries` : `${count} of ${own.length} later packets of the ${first.from} do not carry`} one (first packet ${first.packet})`,
      ...judged([
        {
          words:
            'something between the ends strips the option, or sends packets of its own (a proxy, a firewall that normalizes)',
          cost: 1,
        },
        {
          words: `the stack of the ${first.from} leaves it out: RFC 7323 forbids that, some embedded stacks do it`,
          cost: 1,
        },
      ]),
      packets: numbers(...syns, first),
      decides: `a capture at the ${first.from}: whether its packets leave it with timestamps; a stack may drop segments without (RFC 7323 §3.2), so text can stand still`,
      clause: 'RFC 7323 §3.2 · linux: tcp_established_options',
    },
  ]
}
