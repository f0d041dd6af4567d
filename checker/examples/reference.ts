/**
 * A yardstick for engines: N clients, one listener with a SYN queue and an accept queue, one segment per direction.
 * It is small, well counted, and *not* Linux or the RFC: a SYN queue of 2 with backlog 0 exists nowhere, nothing is timed.
 */
import type { Property } from '../property.ts'
import { IMPOSSIBLE, type Label, type Link, type Outcome, type Rule, type System } from '../system.ts'

export interface ReferenceSettings {
  readonly clients: number
  /** Retransmissions of each end. */
  readonly retries: number
  /** Segments that the network may lose altogether. */
  readonly losses: number
  /** The accept queue holds backlog + 1 connections. */
  readonly backlog?: number
  readonly synQueue?: number
  readonly abortOnOverflow?: boolean
}

type Segment = 'SYN' | 'ACK' | 'DATA' | 'FIN' | 'RST' | 'SYNACK' | 'ACKD' | 'FINACK'
interface Client {
  readonly state: 'CLOSED' | 'SYN_SENT' | 'ESTAB' | 'ESTAB_D' | 'ESTAB_A' | 'FIN_WAIT' | 'DONE' | 'RESET' | 'FAILED'
  readonly tries: number
}
interface Server {
  readonly state: 'NONE' | 'SYN_RECV' | 'ACCEPTQ' | 'ACCEPTQ_FIN' | 'ACCEPTED' | 'CLOSED'
  readonly tries: number
  readonly data: boolean
}
interface Listener {
  readonly requests: number
  readonly queue: readonly number[]
}
/** What the server wants of the listener once it has looked at a segment. */
type Wish = { readonly server: Server; readonly want: 'admit' | 'promote' | 'release'; readonly segment: Segment }

const put = (channel: Segment | null, segment: Label): Outcome => ({ state: channel ?? segment ?? null })

/** The channel takes a segment if there is room, and drops it silently if not. */
const takes = (part: 'up' | 'down'): Link => ({ part, step: (channel, segment) => [put(channel, segment)] })
/** As `takes`, but the rule is not enabled while the channel is full. */
const takesOrWaits = (part: 'up' | 'down'): Link => ({
  part,
  step: (channel, segment) => (channel === null ? [put(channel, segment)] : []),
})
const gives = (part: 'up' | 'down'): Link => ({
  part,
  step: (channel) => (channel === null ? [] : [{ state: null, label: channel, note: channel }]),
})

/** The client moves and sends. */
const client = (move: (client: Client) => readonly [Client['state'], number, Segment | null] | undefined): Link => ({
  part: 'client',
  step: (before: Client) => {
    const after = move(before)
    return after === undefined ? [] : [{ state: { state: after[0], tries: after[1] }, label: after[2] }]
  },
})

const open: readonly Client['state'][] = ['ESTAB', 'ESTAB_D', 'ESTAB_A', 'FIN_WAIT']

function clientReceives(before: Client, segment: Segment): Outcome {
  const becomes = (state: Client['state'], reply: Segment | null): Outcome => ({
    state: { state, tries: 0 },
    label: reply,
  })
  const stays = (reply: Segment | null): Outcome => ({ state: before, label: reply })
  if (segment === 'SYNACK') {
    if (before.state === 'SYN_SENT') return becomes('ESTAB', 'ACK')
    return stays(open.includes(before.state) ? 'ACK' : 'RST')
  }
  if (segment === 'ACKD' && before.state === 'ESTAB_D') return becomes('ESTAB_A', null)
  if (segment === 'FINACK' && before.state === 'FIN_WAIT') return becomes('DONE', null)
  if (segment === 'RST' && (before.state === 'SYN_SENT' || open.includes(before.state))) return becomes('RESET', null)
  return stays(null)
}

/** What the server does by itself: a state and a reply. `undefined`: it depends on the listener, see `wishOf`. */
function serverAlone(server: Server, segment: Segment): Outcome {
  const { state } = server
  const becomes = (next: Server['state'], reply: Segment | null): Outcome => ({
    state: { ...server, state: next },
    label: reply,
  })
  const replies = (reply: Segment | null): Outcome => ({ state: server, label: reply })
  switch (segment) {
    case 'SYN':
      return replies(state === 'SYN_RECV' ? 'SYNACK' : null)
    case 'DATA':
      if (state === 'ACCEPTQ' || state === 'ACCEPTED') return { state: { ...server, data: true }, label: 'ACKD' }
      return replies(state === 'NONE' || state === 'CLOSED' ? 'RST' : null)
    case 'FIN':
      if (state === 'ACCEPTQ') return becomes('ACCEPTQ_FIN', 'FINACK')
      if (state === 'ACCEPTED') return becomes('CLOSED', 'FINACK')
      if (state === 'ACCEPTQ_FIN' || state === 'CLOSED') return replies('FINACK')
      return replies(state === 'NONE' ? 'RST' : null)
    case 'RST':
      if (state === 'ACCEPTQ') return becomes('ACCEPTQ_FIN', null)
      if (state === 'ACCEPTED') return becomes('CLOSED', null)
      return replies(null)
    default:
      return replies(null)
  }
}

function wishOf(server: Server, segment: Segment): Wish['want'] | undefined {
  if (segment === 'SYN' && server.state === 'NONE') return 'admit'
  if (server.state !== 'SYN_RECV') return undefined
  if (segment === 'ACK' || segment === 'DATA') return 'promote'
  return segment === 'RST' ? 'release' : undefined
}

export function referenceSystem(settings: ReferenceSettings): System {
  const { clients, retries, losses, backlog = 0, synQueue = 2, abortOnOverflow = false } = settings
  const hasRoom = (listener: Listener): boolean => listener.queue.length <= backlog

  const askListener: Link = {
    part: 'listener',
    shared: true,
    step: (listener: Listener, want: Wish['want'] | null, group) => {
      const releases = want === 'promote' || want === 'release'
      if (releases && (listener.requests === 0 || listener.queue.includes(group))) return IMPOSSIBLE
      const release = { ...listener, requests: listener.requests - 1 }
      if (want === 'admit') {
        const admits = listener.requests < synQueue && hasRoom(listener)
        return [
          admits
            ? { state: { ...listener, requests: listener.requests + 1 }, label: 'done' }
            : { state: listener, label: 'full' },
        ]
      }
      if (want === 'promote') {
        if (hasRoom(listener)) return [{ state: { ...release, queue: [...listener.queue, group] }, label: 'done' }]
        return [abortOnOverflow ? { state: release, label: 'abort' } : { state: listener, label: 'full' }]
      }
      return [{ state: want === 'release' ? release : listener, label: null }]
    },
  }

  /** The server keeps the segment as its pending input until the listener has answered. */
  const serverLooks: Link = {
    part: 'server',
    step: (server: Server, segment: Segment) => {
      const want = wishOf(server, segment)
      return want === undefined
        ? [{ state: { pending: segment, server }, label: null }]
        : [{ state: { pending: segment, server }, label: want }]
    },
  }
  const serverConcludes: Link = {
    part: 'server',
    step: ({ pending, server }: { pending: Segment; server: Server }, answer: 'done' | 'full' | 'abort' | null) => {
      if (answer === null && wishOf(server, pending) === 'release') return [{ state: closed(server), label: null }]
      if (answer === null) return [serverAlone(server, pending)]
      if (answer === 'full') return [{ state: server, label: null }]
      if (answer === 'abort') return [{ state: closed(server), label: 'RST' }]
      if (pending === 'SYN') return [{ state: { ...server, state: 'SYN_RECV' }, label: 'SYNACK' }]
      const data = pending === 'DATA'
      return [{ state: { state: 'ACCEPTQ', tries: 0, data: server.data || data }, label: data ? 'ACKD' : null }]
    },
  }
  const closed = (server: Server): Server => ({ ...server, state: 'CLOSED', tries: 0 })

  const sends = (name: string, move: Parameters<typeof client>[0], channel = takes('up')): Rule => ({
    name,
    kinds: ['connection'],
    links: [client(move), channel],
    actor: 'client',
  })
  const resends = (name: string, state: Client['state'], segment: Segment): Rule =>
    sends(
      name,
      (c) => (c.state === state && c.tries < retries ? [state, c.tries + 1, segment] : undefined),
      takesOrWaits('up'),
    )
  const loses = (name: string, channel: 'up' | 'down'): Rule => ({
    name,
    kinds: ['connection'],
    links: [
      gives(channel),
      { part: 'losses', shared: true, step: (left: number) => (left > 0 ? [{ state: left - 1 }] : []) },
    ],
    actor: 'network',
  })

  const rules: Rule[] = [
    sends('connect', (c) => (c.state === 'CLOSED' ? ['SYN_SENT', c.tries, 'SYN'] : undefined)),
    resends('resend SYN', 'SYN_SENT', 'SYN'),
    sends('send data', (c) => (c.state === 'ESTAB' ? ['ESTAB_D', 0, 'DATA'] : undefined)),
    resends('resend data', 'ESTAB_D', 'DATA'),
    sends('close', (c) => {
      const may = c.state === 'ESTAB' || c.state === 'ESTAB_A' || (c.state === 'ESTAB_D' && c.tries === retries)
      return may ? ['FIN_WAIT', 0, 'FIN'] : undefined
    }),
    resends('resend FIN', 'FIN_WAIT', 'FIN'),
    sends('give up', (c) => {
      const may = (c.state === 'SYN_SENT' || c.state === 'FIN_WAIT') && c.tries === retries
      return may ? ['FAILED', 0, null] : undefined
    }),
    {
      name: 'client receives',
      kinds: ['connection'],
      links: [
        gives('down'),
        { part: 'client', step: (c: Client, segment: Segment) => [clientReceives(c, segment)] },
        takes('up'),
      ],
      actor: 'client',
    },
    loses('lose segment to server', 'up'),
    loses('lose segment to client', 'down'),
    {
      name: 'server receives',
      kinds: ['connection'],
      links: [gives('up'), serverLooks, askListener, serverConcludes, takes('down')],
      actor: 'server',
    },
    {
      name: 'resend SYN-ACK',
      kinds: ['connection'],
      links: [
        {
          part: 'server',
          step: (server: Server) =>
            server.state === 'SYN_RECV' && server.tries < retries
              ? [{ state: { ...server, tries: server.tries + 1 }, label: 'SYNACK' }]
              : [],
        },
        takesOrWaits('down'),
      ],
      actor: 'server',
    },
    {
      name: 'drop request',
      kinds: ['connection'],
      links: [
        {
          part: 'server',
          step: (server: Server) =>
            server.state === 'SYN_RECV' && server.tries === retries
              ? [{ state: closed(server), label: 'release' }]
              : [],
        },
        askListener,
      ],
      actor: 'server',
    },
    {
      name: 'accept',
      kinds: ['connection'],
      links: [
        {
          part: 'listener',
          shared: true,
          step: (listener: Listener, _label, group) =>
            listener.queue[0] === group ? [{ state: { ...listener, queue: listener.queue.slice(1) } }] : [],
        },
        {
          part: 'server',
          step: (server: Server) => [
            { state: { ...server, state: server.state === 'ACCEPTQ' ? 'ACCEPTED' : 'CLOSED' } },
          ],
        },
      ],
      actor: 'application',
    },
  ]

  const idle = {
    client: { state: 'CLOSED', tries: 0 },
    server: { state: 'NONE', tries: 0, data: false },
    up: null,
    down: null,
  }
  return {
    groups: Array.from({ length: clients }, (_, i) => ({ name: `connection ${i + 1}`, kind: 'connection' })),
    rules,
    initial: [
      { shared: { listener: { requests: 0, queue: [] }, losses }, groups: Array.from({ length: clients }, () => idle) },
    ],
    isEnd: () => true,
  }
}

/** The two invariants every peer checks, and two proofs that the model is not vacuous. */
export function referenceProperties({ backlog = 0 }: Partial<ReferenceSettings> = {}): Property[] {
  return [
    {
      id: 'accept-queue-bound',
      kind: 'invariant',
      reads: { shared: ['listener'] },
      then: ({ listener }: { listener: Listener }) => listener.queue.length <= backlog + 1,
    },
    {
      id: 'no-data-in-syn-recv',
      kind: 'invariant',
      reads: { group: ['server'] },
      given: ({ server }: { server: Server }) => server.state === 'SYN_RECV',
      then: ({ server }: { server: Server }) => !server.data,
    },
    {
      id: 'connection-completes',
      kind: 'reachable',
      reads: { group: ['client'] },
      when: (view: { client: Client }) => view.client.state === 'DONE',
    },
    {
      id: 'half-open',
      kind: 'reachable',
      reads: { group: ['client', 'server'], shared: ['listener'] },
      when: (view: { client: Client; server: Server; listener: Listener }) =>
        view.client.state === 'ESTAB' && view.server.state === 'SYN_RECV' && view.listener.queue.length > backlog,
    },
  ]
}
