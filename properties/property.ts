/** A property of TCP: what it says, where that comes from, and how it is asked of a world. */

import type { Happens, Invariant, LeadsTo, Property, Reachable, StepProperty, StepView } from '../checker/index.ts'
import { canonicalKey } from '../checker/index.ts'
import type { Client, Connection, Listener, Server, Setting, Socket } from '../model/index.ts'

/** What a predicate may read: parts of one connection and of what all share. */
export interface View {
  readonly client: Client
  readonly server: Server
  readonly up: Connection['up']
  readonly down: Connection['down']
  readonly listener: Listener
}

/** The same over all connections at once. */
export interface WholeView {
  readonly server: readonly Server[]
  readonly client: readonly Client[]
  readonly listener: Listener
}

export interface Step<V = View> extends StepView {
  readonly before: V
  readonly after: V
}

type Question<P> = P extends Property ? Omit<P, 'id' | 'kind'> : never

export interface TcpProperty {
  readonly id: string
  readonly family:
    | 'queues'
    | 'handshake'
    | 'data'
    | 'closing'
    | 'TIME_WAIT'
    | 'timers'
    | 'resources'
    | 'counters'
    | 'liveness'
    | 'reachable'
    | 'own'
  /** One plain sentence. */
  readonly sentence: string
  readonly formula: string
  /** RFC clause, kernel function or paper. */
  readonly source: string
  readonly kind: Property['kind']
  /** The question as it is asked of a world with this setting. */
  readonly ask: (setting: Setting) => Property
}

type Described = Omit<TcpProperty, 'kind' | 'ask'>
type Asked<P> = Question<P> | ((setting: Setting) => Question<P>)

const define =
  <P extends Property>(kind: P['kind']) =>
  (described: Described, question: Asked<P>): TcpProperty => ({
    ...described,
    kind,
    ask: (setting) =>
      ({
        id: described.id,
        kind,
        mayLack: true,
        ...(typeof question === 'function' ? question(setting) : question),
      }) as unknown as Property,
  })

export const invariant = define<Invariant>('invariant')
export const stepProperty = define<StepProperty>('step')
export const reachable = define<Reachable>('reachable')
export const happens = define<Happens>('happens')
export const leadsTo = define<LeadsTo>('leads-to')

/** Both ends' sockets, as far as they exist. */
export const socketsOf = (v: Pick<View, 'client' | 'server'>): Socket[] =>
  v.server.object.kind === 'child' ? [v.client.socket, v.server.object.socket] : [v.client.socket]

/** The socket of the end that a step changed, before and after; the server's before promotion is none. */
export const changed = (s: Step<Pick<View, 'client' | 'server'>>): { before: Socket; after: Socket }[] => {
  const pairs = [{ before: s.before.client.socket, after: s.after.client.socket }]
  const was = s.before.server.object
  const is = s.after.server.object
  if (was.kind === 'child')
    pairs.push({ before: was.socket, after: is.kind === 'child' ? is.socket : { state: 'CLOSED', because: 'closed' } })
  return pairs.filter(({ before, after }) => !same(before, after))
}

/** Equal states, whatever the order of their fields. */
export const same = (a: unknown, b: unknown): boolean => a === b || canonicalKey(a) === canonicalKey(b)
