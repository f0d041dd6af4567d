/**
 * What each setting changes: a world, and a property that says another thing of it with another value. Of what no explored
 * world shows, a few segments are played instead.
 */
import type { Verdict } from '../checker/index.ts'
import { connect, elapse, fire, isTcb, probe, profiles, receive, type Stack, send, seq } from '../model/index.ts'
import { ask } from './ask.ts'
import { ticks } from './durations.ts'
import { client, type World } from './scenario.ts'
import { scenarios } from './scenarios/index.ts'

/** One value of the setting, and what it gives. */
export interface Value<Gives = string> {
  readonly value: string
  readonly world: Partial<World>
  readonly gives: Gives
}

export interface EffectInWorld {
  /** A sysctl, a socket option … by its name in `knobs`. */
  readonly knob: string
  readonly scenario: string
  readonly property: string
  readonly values: readonly Value<Verdict>[]
}

/** Shown by the reducers alone. */
export interface EffectPlayed {
  readonly knob: string
  readonly plays: string
  readonly values: readonly Value[]
  readonly run: (stack: Stack) => string
}

export type Effect = EffectInWorld | EffectPlayed

type Change = Partial<World>

/** `without` and `with`: not reached, reached. */
const reveals = (
  knob: string,
  scenario: string,
  property: string,
  [without, before]: readonly [string, Change],
  [value, after]: readonly [string, Change],
): EffectInWorld => ({
  knob,
  scenario,
  property,
  values: [
    { value: without, world: before, gives: 'not reached' },
    { value, world: after, gives: 'reached' },
  ],
})

const sysctl = (
  knob: string,
  scenario: string,
  property: string,
  without: number,
  value: number,
  more: Change = {},
): EffectInWorld => {
  const to = (n: number) => [String(n), { ...more, sysctls: { ...more.sysctls, [knob]: n } }] as const
  return reveals(knob, scenario, property, to(without), to(value))
}

/** An idle connection with SO_KEEPALIVE: when is it probed? */
const probedAfter = (stack: Stack): string => {
  const synAck = { flags: 'S.' as const, seq: seq(500), ack: seq(101), len: 0 }
  let socket = receive(connect(seq(100), stack).to, synAck, stack).to
  const at: number[] = []
  for (let t = 0; at.length < 2; ) {
    const later = elapse(socket, 1)
    if (later === undefined) {
      at.push(t)
      socket = fire(socket, stack).to
    } else {
      socket = later
      t++
    }
  }
  return `at ${at.join(' and ')}`
}

/** A client that has written a byte: may it probe for a lost tail? */
const probesTail = (plain: Stack): string => {
  const stack = { ...plain, offers: { mss: 1460, windowScale: 7, clock: 1 } }
  const opening = connect(seq(100), stack)
  const options = { ...opening.send[0]?.options, mss: 1460 }
  const synAck = { flags: 'S.' as const, seq: seq(500), ack: seq(101), len: 0, options }
  const written = send(receive(opening.to, synAck, stack).to, 1, stack)?.to
  return written && isTcb(written) && probe(written, stack) ? 'a probe' : 'no probe'
}

const rivals = (n: number) => Array.from({ length: n }, () => ({ ...scenarios[0]!.world.clients[0]!, calls: [] }))
const three = { clients: rivals(3) }

const keepalive = { idle: 2, interval: 1, probes: 1 }
const quick = { msl: 1 }

const probing = (knob: string, value: number, more: Partial<typeof keepalive>, gives: string): EffectPlayed => ({
  knob,
  plays: 'a connection is idle, and its peer does not answer: at what time is it probed?',
  values: [
    { value: '1 tick', world: { keepalive: { ...keepalive, idle: 1, probes: 2 } }, gives: 'at 1 and 2' },
    { value: `${value} ticks`, world: { keepalive: { ...keepalive, idle: 1, probes: 2, ...more } }, gives },
  ],
  run: probedAfter,
})

const ofClosing: readonly Effect[] = [
  {
    knob: 'tcp_fin_timeout',
    scenario: 'FIN_WAIT2-longer-than-TIME_WAIT',
    property: 'TM7',
    values: [
      { value: '3 ticks', world: { durations: { finTimeout: 3 } }, gives: 'holds' },
      { value: '5 ticks, with TIME_WAIT 4', world: { durations: { finTimeout: 5 } }, gives: 'violated' },
    ],
  },
  sysctl('tcp_retries2', 'text-given-up', 'gave-up', 4, 2),
  sysctl('tcp_orphan_retries', 'orphan-given-up', 'gave-up', 4, 1),
  sysctl('tcp_rfc1337', 'assassination', 'assassinated', 1, 0),
  sysctl('tcp_tw_reuse', 'TIME_WAIT-taken-over', 'taken-over', 0, 1),
  reveals(
    'tcp_tw_reuse_delay',
    'TIME_WAIT-taken-over',
    'taken-over',
    ['9 ticks', { durations: { ...quick, reuseDelay: 9 } }],
    ['2 ticks', { durations: { ...quick, reuseDelay: 2 } }],
  ),
  reveals(
    'tcp_max_tw_buckets',
    'no-room-for-TIME_WAIT',
    'no-room',
    ['not reached', { timeWaitFull: false }],
    ['reached', {}],
  ),
  reveals(
    'tcp_max_orphans',
    'too-many-orphans',
    'orphan-reset',
    ['not reached', { orphansFull: false }],
    ['reached', {}],
  ),
  probing('tcp_keepalive_time', 3, { idle: 3 }, 'at 3 and 4'),
  probing('tcp_keepalive_intvl', 3, { interval: 3 }, 'at 1 and 4'),
  reveals(
    'tcp_keepalive_probes',
    'keepalive-unanswered',
    'killed-by-keepalive',
    ['3', { keepalive: { ...keepalive, probes: 3 } }],
    ['1', {}],
  ),
  reveals('SO_KEEPALIVE', 'FIN_WAIT2-after-shutdown', 'probed', ['0', {}], ['1', { keepalive }]),
  reveals(
    'TCP_USER_TIMEOUT',
    'text-given-up',
    'gave-up',
    ['0', { sysctls: { tcp_retries2: 9 } }],
    ['1 tick', { userTimeout: 1, sysctls: { tcp_retries2: 9 } }],
  ),
  reveals('TCP_LINGER2', 'FIN_WAIT2-after-close', 'FIN_WAIT2-over', ['−1', { linger2: -1 }], ['0', {}]),
  reveals(
    'SO_LINGER',
    'SO_LINGER-0',
    'aborted',
    ['unset', { clients: [client('client', ['close'])], server: { accepts: true, calls: ['close'], writes: 0 } }],
    ['0 s', {}],
  ),
]

export const effects: readonly Effect[] = [
  sysctl('somaxconn', 'accept-queue-backlog-2', 'SYN-dropped', 4096, 1, three),
  {
    knob: 'backlog',
    scenario: 'accept-queue-backlog-0',
    property: 'SYN-dropped',
    values: [
      { value: '0', world: { backlog: 0 }, gives: 'reached' },
      { value: '1', world: { backlog: 1 }, gives: 'not reached' },
      { value: '−1', world: { backlog: -1 }, gives: 'not reached' },
    ],
  },
  {
    knob: 'backlog',
    scenario: 'lowered-backlog',
    property: 'Q1',
    values: [
      { value: '2', world: { listener: {} }, gives: 'holds' },
      { value: '2, and 0 while it listens', world: { listener: { relistens: 0 } }, gives: 'violated' },
    ],
  },
  sysctl('tcp_max_syn_backlog', 'places-for-known-peers', 'kept-for-known-peers', 2048, 1),
  sysctl('tcp_syncookies', 'SYN-flood', 'cookie-sent', 0, 1),
  sysctl('tcp_syncookies', 'cookie-ghost', 'cookie-sent', 1, 2),
  sysctl('tcp_abort_on_overflow', 'recovered-ghost', 'reset-at-promotion', 0, 1),
  sysctl('tcp_syn_retries', 'lost-on-the-way-in', 'SYN-repeated', 0, 1),
  sysctl('tcp_syn_linear_timeouts', 'lost-on-the-way-in', 'SYN-repeated-twice', 0, 1),
  sysctl('tcp_synack_retries', 'lost-on-the-way-in', 'SYN-ACK-repeated', 0, 1),
  sysctl('tcp_synack_retries', 'request-pruning', 'pruned', 2, 3),
  reveals(
    'TCP_SYNCNT',
    'lost-on-the-way-in',
    'SYN-repeated-twice',
    ['unset', {}],
    ['2, on the client', { clientSynCount: 2 }],
  ),
  reveals(
    'TCP_SYNCNT',
    'SYN-flood',
    'SYN-ACK-repeated',
    ['unset', {}],
    ['1, on the listener', { options: { synCount: 1 } }],
  ),
  reveals(
    'TCP_DEFER_ACCEPT',
    'defer-accept',
    'deferred',
    ['0', { options: {} }],
    ['1 s', { options: { deferAccept: 1 } }],
  ),
  sysctl('tcp_timestamps', 'segment-from-the-past', 'PAWS', 0, 1),
  sysctl('tcp_timestamps', 'behind-one-NAT', 'shut-out-by-clock', 0, 1),
  sysctl('tcp_window_scaling', 'window-scaling', 'text-ahead-kept', 0, 1),
  {
    knob: 'tcp_sack',
    plays: 'a client has sent text that is not acknowledged: is the tail probed before the first timeout?',
    values: [
      { value: '0', world: { sysctls: { tcp_sack: 0 } }, gives: 'no probe' },
      { value: '1', world: { sysctls: { tcp_sack: 1 } }, gives: 'a probe' },
    ],
    run: probesTail,
  },
  reveals(
    'tcp_invalid_ratelimit',
    'answers-withheld',
    'answer-withheld',
    ['0', { durations: { invalidRatelimit: 0 } }],
    ['2 ticks', { durations: { invalidRatelimit: 2 } }],
  ),
  sysctl('tcp_challenge_ack_limit', 'challenge-limit', 'challenge-withheld', 2, 1),
  sysctl('tcp_tw_recycle', 'behind-one-NAT', 'shut-out-by-clock', 0, 1),
  reveals('ICMP', 'ICMP-errors', 'request-ended-by-ICMP', ['none', { wire: { icmp: [] } }], ['host unreachable', {}]),
  reveals('ICMP', 'ICMP-errors', 'unreachable', ['none', { wire: { icmp: [] } }], ['host unreachable', {}]),
  ...ofClosing,
]

export const effectsOf = (knob: string): readonly Effect[] => effects.filter((e) => e.knob === knob)

/** What each value gives when it is run, in the order of the values. */
export const tryEffect = (effect: Effect): readonly string[] =>
  effect.values.map(({ world }) => ('plays' in effect ? effect.run(stackWith(world)) : verdictWith(effect, world)))

const stackWith = ({ sysctls, keepalive: kept }: Change): Stack => {
  const { dialect, sysctls: shipped } = profiles['linux-6.18']
  return {
    dialect,
    sysctls: { ...shipped, ...sysctls },
    durations: ticks,
    window: 8,
    mss: 4,
    delayedAcks: false,
    ...(kept && { keepalive: kept }),
  }
}

const verdictWith = ({ scenario: name, property }: EffectInWorld, change: Change): Verdict => {
  const scenario = scenarios.find((s) => s.name === name)!
  const sysctls = { ...scenario.world.sysctls, ...change.sysctls }
  const changed = { ...scenario, world: { ...scenario.world, ...change, sysctls } }
  return ask(changed, {}, {}, [property]).asked[0]!.finding.verdict
}
