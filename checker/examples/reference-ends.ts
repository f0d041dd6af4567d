/** The two ends of the reference model and its channels of one segment, each as a function of itself alone. */
import type { Label, Link, Outcome } from '../system.ts'

export type Segment = 'SYN' | 'ACK' | 'DATA' | 'FIN' | 'RST' | 'SYNACK' | 'ACKD' | 'FINACK'
export interface Client {
  readonly state: 'CLOSED' | 'SYN_SENT' | 'ESTAB' | 'ESTAB_D' | 'ESTAB_A' | 'FIN_WAIT' | 'DONE' | 'RESET' | 'FAILED'
  readonly tries: number
}
export interface Server {
  readonly state: 'NONE' | 'SYN_RECV' | 'ACCEPTQ' | 'ACCEPTQ_FIN' | 'ACCEPTED' | 'CLOSED'
  readonly tries: number
  readonly data: boolean
  /** Connections before it in the accept queue; null outside of it. That the server knows, so clients are alike. */
  readonly place: number | null
}
export interface Listener {
  readonly requests: number
  /** Length of the accept queue. */
  readonly queued: number
}
/** What the server wants of the listener once it has looked at a segment. */
export type Wish = {
  readonly server: Server
  readonly want: 'admit' | 'promote' | 'release'
  readonly segment: Segment
}

export const put = (channel: Segment | null, segment: Label): Outcome => ({ state: channel ?? segment ?? null })

/** The channel takes a segment if there is room, and drops it silently if not. */
export const takes = (part: 'up' | 'down'): Link => ({ part, step: (channel, segment) => [put(channel, segment)] })
/** As `takes`, but the rule is not enabled while the channel is full. */
export const takesOrWaits = (part: 'up' | 'down'): Link => ({
  part,
  step: (channel, segment) => (channel === null ? [put(channel, segment)] : []),
})
export const gives = (part: 'up' | 'down'): Link => ({
  part,
  step: (channel) => (channel === null ? [] : [{ state: null, label: channel, note: channel }]),
})

/** The client moves and sends. */
export const client = (
  move: (client: Client) => readonly [Client['state'], number, Segment | null] | undefined,
): Link => ({
  part: 'client',
  step: (before: Client) => {
    const after = move(before)
    return after === undefined ? [] : [{ state: { state: after[0], tries: after[1] }, label: after[2] }]
  },
})

export const open: readonly Client['state'][] = ['ESTAB', 'ESTAB_D', 'ESTAB_A', 'FIN_WAIT']

export function clientReceives(before: Client, segment: Segment): Outcome {
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
export function serverAlone(server: Server, segment: Segment): Outcome {
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

/** accept() takes the first of the accept queue; all others move up. */
export function movesUp(server: Server): Server {
  if (server.place === null) return server
  if (server.place > 0) return { ...server, place: server.place - 1 }
  return { ...server, state: server.state === 'ACCEPTQ' ? 'ACCEPTED' : 'CLOSED', place: null }
}

export function wishOf(server: Server, segment: Segment): Wish['want'] | undefined {
  if (segment === 'SYN' && server.state === 'NONE') return 'admit'
  if (server.state !== 'SYN_RECV') return undefined
  if (segment === 'ACK' || segment === 'DATA') return 'promote'
  return segment === 'RST' ? 'release' : undefined
}
