/**
 * The ghost connection: the client believes in it, sends data and perhaps a FIN; the server keeps repeating its SYN+ACK.
 * linux: tcp_check_req drops each of the client's segments while the accept queue is full.
 */

import { replayServer } from '../replay/end.ts'
import type { Belief, Replayed } from '../replay/index.ts'
import type { Observation } from '../replay/packets/observation.ts'
import { type Cause, called, type Diagnosis, judged } from './diagnosis.ts'

export const ghostConnection = (r: Replayed): Diagnosis[] => {
  const { tap, verdict } = r.connection
  const o = r.observations
  if (verdict !== 'conforms' || !repeatsSynAck(o)) return []
  const timeline = r.beliefs()
  const isRequest = (i: number): boolean => timeline[i]?.server.join() === 'SYN_RECV'
  const clientMoved = o.findIndex((x, i) => x.from === 'client' && !x.flags.includes('S') && isRequest(i))
  const repeated = o.filter((x, i) => i > clientMoved && clientMoved >= 0 && x.from === 'server' && x.flags === 'S.')
  if (clientMoved < 0 || repeated.length === 0) return []
  const ignored = o.filter((x, i) => i >= clientMoved && x.from === 'client' && isRequest(i))
  if (
    ignored.length === 1 &&
    o.length > ignored.length + repeated.length + 2 &&
    !timeline.at(-1)!.server.includes('SYN_RECV')
  )
    return []
  const last = timeline.at(-1)!
  const exhausted = !last.server.includes('SYN_RECV')
  const full = r.server!.surviving.cheapest
  const reset = o.find((x) => x.from === 'server' && x.flags.includes('R'))
  const id = exhausted && reset ? 'ghost-exhausted' : 'ghost-connection'
  return [
    {
      id,
      words:
        `the client is ESTABLISHED from packet ${o[clientMoved]!.packet} on, while the server stays in SYN_RECV: ` +
        `it repeats its SYN+ACK ${times(repeated.length)} and acknowledges none of ${ignored.length} packets` +
        (exhausted && reset
          ? `; in the end it gives the request up, and packet ${reset.packet} resets the client`
          : honoured(timeline, ignored.at(-1)!)),
      ...judged(
        called(id, [
          { words: 'the accept queue is full', is: id, cost: full, meets: ignored.map((x) => x.packet) },
          fewAreEasilyLost(lost(r, o[clientMoved]!.packet, tap), full, ignored.length),
          ...deferred(ignored),
        ]),
      ),
      packets: [...ignored, ...repeated].map((x) => x.packet).sort((a, b) => a - b),
      decides: `ListenOverflows on the server: it grows with each of these packets if the accept queue is full, and stays if they are lost; ${ignored.every(isBare) ? 'TCPDeferAcceptDrop there: it grows with each under TCP_DEFER_ACCEPT; ' : ''}\`ss -lnt\` there: Recv-Q greater than Send-Q`,
      clause: 'linux: tcp_check_req, sk_acceptq_is_full',
    },
  ]
}

const isBare = (o: Observation): boolean => o.flags === '.' && o.len === 0

/** Up to 2.6.31 the SYN+ACK was repeated while text was waited for. linux: syn_ack_recalc (since 2.6.32), tcp_check_req */
const deferred = (ignored: readonly Observation[]): Cause[] =>
  ignored.length > 1 && ignored.every(isBare)
    ? [
        {
          words:
            'TCP_DEFER_ACCEPT of the listener, on a kernel before 2.6.32 or another stack: it keeps bare ACKs waiting, and repeats the SYN+ACK meanwhile',
          is: 'deferred-accept',
          cost: ignored.length + 1,
          counted: { counter: 'TCPDeferAcceptDrop', times: ignored.length },
          atMost: 'likely',
          shownBy:
            '`uname -r` of the server; whether its application sets TCP_DEFER_ACCEPT (its configuration, strace -e setsockopt)',
        },
      ]
    : []
/** After a packet of the client that is no SYN. */
const repeatsSynAck = (o: readonly Observation[]): boolean => {
  const moved = o.findIndex((x) => x.from === 'client' && !x.flags.includes('S'))
  return moved >= 0 && o.some((x, i) => i > moved && x.from === 'server' && x.flags === 'S.')
}

/** Its end: one of the packets is taken at last. */
const honoured = (timeline: readonly Belief[], last: Observation): string => {
  if (timeline.at(-1)!.server.includes('SYN_RECV')) return ''
  const then = timeline.find(({ packet, server }) => packet > last.packet && !server.includes('SYN_RECV'))
  return then === undefined
    ? ''
    : `; by packet ${then.packet} it is over: the server has left SYN_RECV for ${then.server.join(' or ')}`
}

/** A packet or two that are lost are nothing unusual: as likely as a full queue, which takes a whole listener that is slow. */
const fewAreEasilyLost = (cause: Cause, full: number, few: number): Cause =>
  few <= 2 && cause.cost !== undefined ? { ...cause, cost: Math.min(cause.cost, full) } : cause

/** The same without a full queue: everything that the client sends is lost on its way. */
const lost = (r: Replayed, from: number, tap: string): Cause => {
  const words = `every packet from ${from} on is lost beyond the tap`
  if (tap === 'server') return { words, ruledOut: 'the capture was taken at the server: these packets arrived there' }
  const arrived = (o: Observation): boolean => o.from === 'server' || o.packet < from
  const kept = r.observations.filter(arrived)
  const loses = r.observations.filter((o) => !arrived(o)).map(({ packet }) => packet)
  const { failedAt, cheapest } = withOnly(kept, r)
  return failedAt === undefined
    ? { words, is: 'third-ack-lost', cost: cheapest + loses.length, loses }
    : { words, ruledOut: `packet ${kept[failedAt]!.packet} shows that the server received one` }
}

interface Without {
  readonly failedAt: number | undefined
  readonly cheapest: number
}

/** Connections that are alike share what was found of their server. */
const found = new WeakMap<object, Map<string, Without>>()

const withOnly = (kept: readonly Observation[], { observations, server }: Replayed): Without => {
  const known = found.get(server!) ?? new Map<string, Without>()
  found.set(server!, known)
  const left = new Set(kept)
  const key = observations.map((o) => (left.has(o) ? 1 : 0)).join('')
  const before = known.get(key)
  if (before) return before
  const { searched, surviving } = replayServer(kept, server!.kernel)
  const without = { failedAt: searched.failedAt, cheapest: surviving.cheapest }
  known.set(key, without)
  return without
}

const times = (n: number): string => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`)
