/**
 * What a hypothesis may have to invent: one table of ids, costs, losses and words. A cost is a number of unlikely events; the
 * search follows the cheapest hypotheses first. What is concluded of a run is concluded from ids, never from words.
 */
import type { Side } from './packets/side.ts'

/** What an invention is about, where its id leaves that open. */
interface About {
  readonly side?: Side
  /** What is sent again, or given up. */
  readonly what?: string
  /** How often the timer had fired. */
  readonly times?: number
  /** The end of the socket sends a RST: it neither retransmits nor has sent its FIN. */
  readonly resets?: boolean
}

interface Kind {
  /** Unlikely events that it stands for. */
  readonly cost: number
  /** How many of these are losses of what the end sends, between the end and the tap. */
  readonly loses?: number | ((about: About) => number)
  readonly words: (about: About) => string
}

const kinds = {
  'opens-anew': {
    cost: 2,
    words: () => 'a new connection of the client reused the ISN, or its tcp_syn_retries is higher',
  },
  'opens-actively': { cost: 1, words: () => 'the server opens actively, too' },
  'accept-queue-full': { cost: 1, words: () => 'the accept queue is full' },
  'accept-queue-has-room': { cost: 1, words: () => 'the accept queue has room again' },
  'syncookie-sent': { cost: 1, words: () => 'the SYN queue is full: the server answers with a syncookie' },
  'abort-on-overflow': { cost: 1, words: () => 'the accept queue is full and tcp_abort_on_overflow set' },
  'abort-on-overflow-later': {
    cost: 3,
    words: () => 'the accept queue is full and tcp_abort_on_overflow set meanwhile',
  },
  'answer-ratelimited': {
    cost: 1,
    words: () => 'the server answers no more often than tcp_invalid_ratelimit lets it',
  },
  // Dearer than a request's, so that no ACK that is shown counts as one of the end's own accord beside an answer that is withheld.
  'ack-ratelimited': {
    cost: 2,
    words: ({ side }) =>
      `the ${side} acknowledges what it cannot take no more often than tcp_invalid_ratelimit lets it`,
  },
  'challenges-used-up': {
    cost: 2,
    words: ({ side }) => `the host of the ${side} has sent tcp_challenge_ack_limit challenge ACKs in this second`,
  },
  'listener-closed': { cost: 2, words: () => 'the listener was closed' },
  // Dearer than the end of FIN_WAIT2 by its time: hardly any process sets the option.
  'no-FIN_WAIT2': {
    cost: 2,
    words: ({ side }) => `a negative TCP_LINGER2 leaves the ${side} no FIN_WAIT2 once its process has closed`,
  },
  'full-FIN_WAIT2': {
    cost: 1,
    words: ({ side }) =>
      `the ${side} has a full socket in FIN_WAIT2 (SHUT_RDWR; tcp_fin_timeout or TCP_LINGER2 over 60 s)`,
  },
  'abort-without-ACK': {
    cost: 3,
    words: ({ side }) => `the ${side} aborts with a RST that has no ACK, as RFC 9293 §3.10.5 writes it`,
  },
  'SYN+ACK-lost': { cost: 2, loses: 2, words: () => 'the server repeats its SYN+ACK, which is lost before the tap' },
  'request-expires': { cost: 1, words: () => 'the request expires' },
  'request-expires-early': {
    cost: 2,
    words: ({ times }) =>
      `the request expires after ${times} retransmission${times === 1 ? '' : 's'} (tcp_synack_retries, or pruned)`,
  },
  'retransmission-lost': {
    cost: 2,
    loses: 2,
    words: ({ side, what }) => `the ${side} retransmits ${what}, which is lost before the tap`,
  },
  'gives-up': { cost: 1, words: ({ side, what }) => `the ${side} gives up on ${what}` },
  'gives-up-SYN-early': {
    cost: 2,
    words: ({ side }) => `the ${side} gives up on its SYN (tcp_syn_retries, or TCP_SYNCNT)`,
  },
  'gives-up-early': {
    cost: 2,
    loses: ({ resets }) => (resets ? 2 : 0),
    words: ({ side }) => `the ${side} gives up its socket, or aborts it unseen`,
  },
  closes: { cost: 1, words: ({ side }) => `the ${side} closes its socket` },
  'FIN-held-back': {
    cost: 2,
    words: ({ side }) => `the ${side} closes its socket, and its FIN is held back, or lost before the tap`,
  },
  'FIN-lost': {
    cost: 2,
    loses: 2,
    words: ({ side }) => `the ${side} closes its socket, and its FIN is lost before the tap`,
  },
  'FIN-late': {
    cost: 1,
    words: ({ side }) => `the ${side} closes its socket, and its FIN is late at the tap, or lost and repeated`,
  },
  'last-text-lost': {
    cost: 3,
    loses: 3,
    words: ({ side }) => `the ${side} writes its last text and closes its socket, and both are lost before the tap`,
  },
  'new-text-after-timeout': { cost: 1, words: () => 'new text after a timeout' },
  'window-update': { cost: 1, words: () => 'an ACK of its own accord (a window update)' },
  'duplicated-on-the-way': { cost: 1, words: () => 'the wire duplicates a segment' },
} as const satisfies Record<string, Kind>

export type InventionId = keyof typeof kinds

/** An invention of a run. Equal ones are one object. */
export interface Invention {
  readonly id: InventionId
  readonly about: About
  /** Equal for equal ones, and for no others. */
  readonly key: string
  readonly cost: number
  /** So much of the cost is for what the end sends and the tap does not see. */
  readonly loses: number
  readonly words: string
  /** Another, at the same moment. */
  readonly beside?: Invention
}

/** What the wire does to segments beyond those inventions, per segment. */
export const wire = {
  /** A segment is lost, before the tap or beyond it. */
  lost: 1,
  /** So many segments are overtaken by one: a burst that is lost together is little more than one loss. */
  overtaken: (segments: number): number => Math.min(segments, 2),
  /** What a loss costs in addition where the tap is the interface of the end: there none is believable. */
  lostAtOwnInterface: 9,
}

const known = new Map<string, Invention>()

const one = (key: string, make: () => Omit<Invention, 'key'>): Invention => {
  const found = known.get(key) ?? { ...make(), key }
  known.set(key, found)
  return found
}

export const invention = (id: InventionId, about: About = {}): Invention => {
  const { side = '', what = '', times = '', resets = false } = about
  return one(`${id} ${side} ${what} ${times}${resets ? ' RST' : ''}`, () => {
    const { cost, loses = 0, words }: Kind = kinds[id]
    return { id, about, cost, loses: typeof loses === 'number' ? loses : loses(about), words: words(about) }
  })
}

/** The members of a move that invents this. */
export const inventing = (id: InventionId, about?: About) => {
  const invents = invention(id, about)
  const { cost, loses } = invents
  return { cost, invents, ...(loses > 0 && { astray: loses }) }
}

/** The wire delivers the segment twice beside what else is invented. */
export const duplicating = (beside?: Invention): Invention => {
  const twice = invention('duplicated-on-the-way')
  if (beside === undefined) return twice
  const { id, about, cost, loses, words } = twice
  return one(`${twice.key}; ${beside.key}`, () => ({
    id,
    about,
    cost: cost + beside.cost,
    loses: loses + beside.loses,
    words: `${words}; ${beside.words}`,
    beside,
  }))
}

export const involves = (all: Invention | undefined, ...ids: readonly InventionId[]): boolean =>
  all !== undefined && (ids.includes(all.id) || involves(all.beside, ...ids))
