/**
 * A yardstick for engines: N clients, one listener with a SYN queue and an accept queue, one segment per direction.
 * It is small, well counted, and *not* Linux or the RFC: a SYN queue of 2 with backlog 0 exists nowhere, nothing is timed.
 */
import { IMPOSSIBLE, type Link, type Rule, type SynchronousRule, type System } from '../system.ts'
import {
  type Client,
  client,
  clientReceives,
  gives,
  type Listener,
  movesUp,
  type Segment,
  type Server,
  serverAlone,
  takes,
  takesOrWaits,
  type Wish,
  wishOf,
} from './reference-ends.ts'

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

/** What the listener answers. */
type Answer = 'done' | 'full' | 'abort' | { readonly place: number } | null

export function referenceSystem(settings: ReferenceSettings): System {
  const { clients, retries, losses, backlog = 0, synQueue = 2, abortOnOverflow = false } = settings
  const hasRoom = (listener: Listener): boolean => listener.queued <= backlog

  const askListener: Link = {
    part: 'listener',
    shared: true,
    step: (listener: Listener, want: Wish['want'] | null) => {
      const releases = want === 'promote' || want === 'release'
      if (releases && listener.requests === 0) return IMPOSSIBLE
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
        const { queued } = listener
        if (hasRoom(listener)) return [{ state: { ...release, queued: queued + 1 }, label: { place: queued } }]
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
    step: ({ pending, server }: { pending: Segment; server: Server }, answer: Answer) => {
      if (answer === null && wishOf(server, pending) === 'release') return [{ state: closed(server), label: null }]
      if (answer === null) return [serverAlone(server, pending)]
      if (answer === 'full') return [{ state: server, label: null }]
      if (answer === 'abort') return [{ state: closed(server), label: 'RST' }]
      if (pending === 'SYN') return [{ state: { ...server, state: 'SYN_RECV' }, label: 'SYNACK' }]
      const data = pending === 'DATA'
      const queued = { state: 'ACCEPTQ', tries: 0, data: server.data || data, ...(answer as { place: number }) }
      return [{ state: queued, label: data ? 'ACKD' : null }]
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
  ]
  const accept: SynchronousRule = {
    name: 'accept',
    group: { server: movesUp },
    shared: {
      listener: (listener: Listener) =>
        listener.queued > 0 ? { ...listener, queued: listener.queued - 1 } : undefined,
    },
    actor: 'application',
  }

  const idle = {
    client: { state: 'CLOSED', tries: 0 },
    server: { state: 'NONE', tries: 0, data: false, place: null },
    up: null,
    down: null,
  }
  return {
    groups: Array.from({ length: clients }, (_, i) => ({ name: `connection ${i + 1}`, kind: 'connection' })),
    rules,
    synchronous: [accept],
    initial: [
      { shared: { listener: { requests: 0, queued: 0 }, losses }, groups: Array.from({ length: clients }, () => idle) },
    ],
    isEnd: () => true,
  }
}
