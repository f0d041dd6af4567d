/**
 * A scenario: a bounded world in which some properties are asked, with what they are expected to say. Its bounds can be
 * moved (`Overrides`), and then the expectation no longer applies.
 */
import {
  type ClientBehaviour,
  type Durations,
  type Keepalive,
  type Offer,
  type ProfileName,
  profiles,
  type ServerBehaviour,
  type Setting,
  type Stack,
  type Sysctls,
  seq,
} from '../model/index.ts'
import { smallRetries, ticks } from './durations.ts'

/** What a user may change about a scenario's world. */
export interface Overrides {
  readonly kernel?: ProfileName
  readonly sysctls?: Partial<Sysctls>
  readonly backlog?: number
  /** Children of others already in the accept queue. */
  readonly queued?: number
  /** How many clients; the first ones of the scenario, then further ones like its last. */
  readonly clients?: number
  /** Every client behaves like the first. */
  readonly full?: boolean
  /** Every client behaves like the last. */
  readonly plain?: boolean
  readonly loss?: number
  readonly duplication?: number
  readonly reordering?: number
  readonly capacity?: number
  /** All of tcp_syn_retries, tcp_synack_retries, tcp_retries2 and tcp_orphan_retries (at least 1: there 0 means 8). */
  readonly retries?: number
  /** TIME_WAIT in multiples of MSL. */
  readonly timeWait?: number
  readonly connectingAtOnce?: number
  /** How often each client may connect. */
  readonly connects?: number
}

export interface Scenario {
  readonly name: string
  /** One sentence: what it shows. */
  readonly shows: string
  readonly properties: readonly string[]
  readonly world: World
}

/** The world of a scenario as its file writes it: whatever it leaves out is as `plain` has it. */
export interface World {
  readonly backlog?: number
  readonly queued?: number
  readonly clients: readonly ClientBehaviour[]
  readonly server: ServerBehaviour
  readonly listener?: NonNullable<Setting['listener']>
  /** setsockopt() on the listening socket. */
  readonly options?: NonNullable<Stack['listener']>
  readonly wire?: Partial<Setting['wire']>
  readonly sysctls?: Partial<Sysctls>
  readonly isnStep?: number
  /** Where the client's numbers begin; the server's begin 400 higher. */
  readonly iss?: number
  readonly history?: boolean
  readonly window?: number
  readonly finalAckSafe?: boolean
  /** Several CPUs at the server. */
  readonly smp?: true
  /** At most so many clients connect at a time. */
  readonly connectingAtOnce?: number
  /** What SYNs offer; absent: options are not modelled. */
  readonly offers?: Offer
  /** setsockopt(TCP_SYNCNT) of the clients. */
  readonly clientSynCount?: number
  /** The server's host counts its challenge ACKs. */
  readonly countsChallenges?: true
  /** SO_KEEPALIVE on the sockets of the server. */
  readonly keepalive?: Keepalive
  /** TCP_USER_TIMEOUT of both ends, in ticks. */
  readonly userTimeout?: number
  /** Both hosts have as many TIME_WAITs, or sockets without a process, as their sysctls allow. */
  readonly timeWaitFull?: boolean
  readonly orphansFull?: boolean
  /** TCP_LINGER2 of both ends, in ticks. */
  readonly linger2?: number
  /** In ticks, where they are not those of all scenarios. */
  readonly durations?: Partial<Durations>
  /** The kernel of both ends that the scenario is about; absent: linux-6.18. */
  readonly kernel?: ProfileName
}

export const scenarioKernel = ({ world }: Scenario, { kernel }: Overrides = {}): ProfileName =>
  kernel ?? world.kernel ?? 'linux-6.18'

const WINDOW = 8

export const client = (
  name: string,
  calls: ClientBehaviour['calls'],
  more: Partial<ClientBehaviour> = {},
): ClientBehaviour => ({
  name,
  calls,
  writes: 1,
  connects: 1,
  again: 'after any end',
  ...more,
})

/** A client that connects and does nothing else. */
export const rival = client('rival', [], { writes: 0 })

export const settingOf = (scenario: Scenario, o: Overrides = {}): Setting => {
  const w = scenario.world
  const profile = profiles[scenarioKernel(scenario, o)]
  const retries = o.retries === undefined ? {} : allRetries(o.retries)
  const sysctls = { ...profile.sysctls, ...smallRetries, ...w.sysctls, ...retries, ...o.sysctls }
  const stack: Stack = {
    dialect: profile.dialect,
    sysctls,
    durations: { ...ticks, ...w.durations, ...(o.timeWait === undefined ? {} : { timeWait: o.timeWait * ticks.msl }) },
    window: w.window ?? WINDOW,
    mss: 4,
    delayedAcks: false,
    ...(w.finalAckSafe ? { finalAckSafe: true } : {}),
    ...(w.offers && { offers: w.offers }),
    ...(w.userTimeout !== undefined && { userTimeout: w.userTimeout }),
    ...(w.timeWaitFull && { timeWaitFull: true }),
    ...(w.linger2 !== undefined && { linger2: w.linger2 }),
    ...(w.orphansFull && { orphansFull: true }),
    ...(w.countsChallenges && { counted: { challenges: true } }),
  }
  const atOnce = o.connectingAtOnce ?? w.connectingAtOnce
  const start = w.iss ?? 100
  return {
    clientStack: w.clientSynCount === undefined ? stack : { ...stack, synCount: w.clientSynCount },
    serverStack: {
      ...stack,
      ...(w.options && { listener: w.options }),
      ...(w.keepalive && { keepalive: w.keepalive }),
    },
    ...(w.listener && { listener: w.listener }),
    clients: clientsOf(w.clients, o),
    backlog: o.backlog ?? w.backlog ?? 1,
    alreadyQueued: o.queued ?? w.queued ?? 0,
    server: w.server,
    wire: {
      loss: o.loss ?? w.wire?.loss ?? 0,
      duplication: o.duplication ?? w.wire?.duplication ?? 0,
      reordering: o.reordering ?? w.wire?.reordering ?? 0,
      forgery: w.wire?.forgery ?? 0,
      forged: w.wire?.forged ?? [],
      ...(w.wire?.icmp && { icmp: w.wire.icmp }),
      capacity: o.capacity ?? w.wire?.capacity ?? 1,
      expiry: w.wire?.expiry ?? 'delivered in time',
    },
    iss: { client: seq(start), server: seq(start + 400), isnStep: w.isnStep ?? 50 },
    ...(w.smp && { smp: true }),
    ...(atOnce === undefined ? {} : { connectingAtOnce: atOnce }),
    history: w.history ?? false,
  }
}

const allRetries = (n: number): Partial<Sysctls> => ({
  tcp_syn_retries: n,
  tcp_synack_retries: n,
  tcp_retries2: n,
  tcp_orphan_retries: Math.max(1, n),
})

const clientsOf = (clients: readonly ClientBehaviour[], o: Overrides): ClientBehaviour[] => {
  const count = o.clients ?? clients.length
  const chosen = Array.from(
    { length: count },
    (_, i) => (o.full ? clients[0] : o.plain ? clients.at(-1) : (clients[i] ?? clients.at(-1)))!,
  )
  return o.connects === undefined ? chosen : chosen.map((c) => ({ ...c, connects: o.connects! }))
}
