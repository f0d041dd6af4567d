/**
 * The state diagram of RFC 9293 (figure 5) between two peers: no sequence numbers, no loss, no timers, segments in order.
 * The bounded world of the TLA+ examples collection (`specifications/tcp`, MCtcp with its configuration): one peer has sent
 * its SYN, the other listens; no peer opens again, and no segment waits twice in a row.
 *
 * TLC counts differently: *distinct* is `states`; *generated* is `transitions` and the initial worlds; its *depth* counts
 * worlds on a path, ours counts steps, so it is `depth` + 1. What the constraints cut off is generated, and no state. The
 * collection's promise about SYN-SENT is not asked here: a run that is cut off breaks no promise.
 */
import type { Property } from '../property.ts'
import type { Link, Outcome, Rule, System, World } from '../system.ts'

type ConnectionState =
  | 'CLOSED'
  | 'LISTEN'
  | 'SYN-SENT'
  | 'SYN-RECEIVED'
  | 'ESTABLISHED'
  | 'FIN-WAIT-1'
  | 'FIN-WAIT-2'
  | 'CLOSING'
  | 'CLOSE-WAIT'
  | 'LAST-ACK'
  | 'TIME-WAIT'

/** An ACK says here which of SYN and FIN it acknowledges: there are no numbers that could. */
type Segment = 'SYN' | 'SYN,ACK' | 'ACK' | 'FIN' | 'ACK of FIN' | 'RST'

interface Peer {
  readonly state: ConnectionState
  /** It has a transmission control block. */
  readonly tcb: boolean
}

type Queue = readonly Segment[]
type Name = 'A' | 'B'

/** What a call or an arrival makes of a peer, and the segment that it sends. */
const becomes = (peer: Peer, state: ConnectionState, sends?: Segment, tcb = peer.tcb): Outcome => ({
  state: { state, tcb },
  ...(sends && { label: sends }),
})

const open = (peer: Peer, how: 'active' | 'passive'): Outcome[] => {
  if (peer.state !== 'CLOSED') return []
  return [how === 'active' ? becomes(peer, 'SYN-SENT', 'SYN', true) : becomes(peer, 'LISTEN', undefined, true)]
}

const send = (peer: Peer): Outcome[] => (peer.state === 'LISTEN' ? [becomes(peer, 'SYN-SENT', 'SYN')] : [])

const close = (peer: Peer): Outcome[] => {
  switch (peer.state) {
    case 'LISTEN':
    case 'SYN-SENT':
      return [becomes(peer, 'CLOSED', undefined, false)]
    case 'SYN-RECEIVED':
    case 'ESTABLISHED':
      return [becomes(peer, 'FIN-WAIT-1', 'FIN')]
    case 'CLOSE-WAIT':
      return [becomes(peer, 'LAST-ACK', 'FIN')]
    default:
      return []
  }
}

/** The arrows of the figure that are labelled with a segment. */
const receive = (peer: Peer, segment: Segment): Outcome[] => {
  switch (`${peer.state} <- ${segment}`) {
    case 'LISTEN <- SYN':
    case 'SYN-SENT <- SYN':
      return [becomes(peer, 'SYN-RECEIVED', 'SYN,ACK')]
    case 'SYN-SENT <- SYN,ACK':
      return [becomes(peer, 'ESTABLISHED', 'ACK')]
    case 'SYN-RECEIVED <- ACK':
      return [becomes(peer, 'ESTABLISHED')]
    case 'SYN-RECEIVED <- RST':
      return [becomes(peer, 'LISTEN')]
    case 'ESTABLISHED <- FIN':
      return [becomes(peer, 'CLOSE-WAIT', 'ACK of FIN')]
    case 'FIN-WAIT-1 <- FIN':
      return [becomes(peer, 'CLOSING', 'ACK of FIN')]
    case 'FIN-WAIT-1 <- ACK of FIN':
      return [becomes(peer, 'FIN-WAIT-2')]
    case 'FIN-WAIT-2 <- FIN':
      return [becomes(peer, 'TIME-WAIT', 'ACK of FIN')]
    case 'CLOSING <- ACK of FIN':
      return [becomes(peer, 'TIME-WAIT')]
    case 'LAST-ACK <- ACK of FIN':
      return [becomes(peer, 'CLOSED')]
    default:
      return []
  }
}

/** Note 2: the peer's FIN and the acknowledgment of ours together lead straight to TIME-WAIT. */
const receiveBoth = (peer: Peer): Outcome[] =>
  peer.state === 'FIN-WAIT-1' ? [becomes(peer, 'TIME-WAIT', 'ACK of FIN')] : []

/** Note 3, read as widely as it can be: whoever has a control block may send a RST and is in TIME-WAIT then. */
const reset = (peer: Peer): Outcome[] => (peer.tcb ? [becomes(peer, 'TIME-WAIT', 'RST')] : [])

/** Note 3: a RST leads from any state to LISTEN or to CLOSED. */
const receiveReset = (peer: Peer): Outcome[] => [becomes(peer, 'LISTEN'), becomes(peer, 'CLOSED')]

const timeout = (peer: Peer): Outcome[] =>
  peer.state === 'TIME-WAIT' && peer.tcb ? [becomes(peer, 'CLOSED', undefined, false)] : []

const rulesOf = (name: Name): Rule[] => {
  const peer = (step: (peer: Peer, segment: Segment) => Outcome[]): Link => ({ part: name, step })
  const take = (...wanted: readonly Segment[]): Link => ({
    part: `to${name}`,
    step: (queue: Queue) =>
      wanted.every((segment, i) => queue[i] === segment) ? [{ state: queue.slice(wanted.length) }] : [],
  })
  const next: Link = {
    part: `to${name}`,
    step: ([first, ...rest]: Queue) => (first === undefined ? [] : [{ state: rest, label: first }]),
  }
  const put: Link = {
    part: name === 'A' ? 'toB' : 'toA',
    step: (queue: Queue, segment?: Segment) => [{ state: segment === undefined ? queue : [...queue, segment] }],
  }
  const rule = (what: string, ...links: readonly Link[]): Rule => ({
    name: `${name}: ${what}`,
    kinds: ['connection'],
    links: [...links, put],
    actor: name,
    source: 'RFC 9293 §3.3.2',
  })
  return [
    rule(
      'active open',
      peer((p) => open(p, 'active')),
    ),
    rule(
      'passive open',
      peer((p) => open(p, 'passive')),
    ),
    rule('send', peer(send)),
    rule('close', peer(close)),
    rule('receive', next, peer(receive)),
    rule('receive FIN and its ACK (note 2)', take('FIN', 'ACK of FIN'), peer(receiveBoth)),
    rule('send RST (note 3)', peer(reset)),
    rule('receive RST (note 3)', take('RST'), peer(receiveReset)),
    rule('timeout', peer(timeout)),
  ]
}

/** One has sent its SYN, the other listens. */
const opened = (active: Name): World => {
  const peer = (name: Name): Peer => ({ state: name === active ? 'SYN-SENT' : 'LISTEN', tcb: true })
  const queue = (name: Name): Queue => (name === active ? [] : ['SYN'])
  return { shared: {}, groups: [{ A: peer('A'), B: peer('B'), toA: queue('A'), toB: queue('B') }] }
}

const opening = /: (active open|passive open|send)$/
const QUEUES = ['toA', 'toB']

export const rfc9293: System = {
  groups: [{ name: 'connection', kind: 'connection' }],
  rules: [...rulesOf('A'), ...rulesOf('B')],
  initial: [opened('A'), opened('B')],
  constraints: {
    states: [
      {
        id: 'no retransmission',
        reads: { group: QUEUES },
        when: (view: Readonly<Record<string, Queue>>) =>
          QUEUES.every((queue) => view[queue]!.every((segment, i, all) => segment !== all[i + 1])),
      },
    ],
    steps: [{ id: 'no peer opens again', reads: {}, when: ({ rule }) => !opening.test(rule) }],
  },
}

export const rfc9293Properties: readonly Property[] = [
  {
    id: 'established-together',
    kind: 'invariant',
    reads: { group: ['A', 'B', ...QUEUES] },
    given: (view) => QUEUES.every((queue) => view[queue].length === 0),
    then: ({ A, B }) => (A.state === 'ESTABLISHED') === (B.state === 'ESTABLISHED'),
  },
]
