/**
 * What a random run may be: one grammar for settings, listeners, calls and the wire. What it leaves out it names, so that a run
 * without a disagreement says what it says of.
 */
import fc from 'fast-check'
import type { HostName } from '../conformance/folder.ts'
import type { Fate, Script, Settings, SocketOptionValues, Step, WireRule } from './script.ts'

/** Not drawn, each with its reason. */
export const leftOut: Readonly<Record<string, string>> = {
  'more text than one segment': 'transfer, not connection management',
  'text after text that is not acknowledged': 'the congestion window is not modelled',
  'keepalive, TCP_USER_TIMEOUT': 'they last longer than a run: swept by tests of their own',
  tcp_max_orphans: 'one setting of the whole machine',
  'TCP Fast Open': 'not modelled',
  'IPv6, urgent text, ECN': 'not modelled',
  'ICMP errors': 'the wire of a live run carries TCP only',
  'closing while timers last longer than the run': 'a run is observed for some seconds',
}

/** How long a run is observed, ms. */
const LASTS = 9_000
/** When the last call is made, ms. */
const LAST_CALL = 4_500

const often = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary: fc.constantFrom(...others) })

const closing = {
  tcp_timestamps: often(1, 0),
  tcp_sack: often(1, 0),
  tcp_fin_timeout: fc.constantFrom(1, 2, 5, 60),
  tcp_orphan_retries: fc.constantFrom(0, 1, 2, 3),
  tcp_retries2: fc.constantFrom(3, 5, 15),
  tcp_rfc1337: often(0, 1),
  tcp_invalid_ratelimit: fc.constantFrom(0, 500),
  tcp_max_tw_buckets: often(1_000, 0, 1, 2),
}

const clientSettings: fc.Arbitrary<Settings> = fc.record({
  ...closing,
  tcp_syn_retries: fc.integer({ min: 1, max: 3 }),
  tcp_syn_linear_timeouts: fc.constantFrom(0, 1, 4),
})

const serverSettings: fc.Arbitrary<Settings> = fc.record({
  ...closing,
  somaxconn: often(4_096, 1, 2),
  tcp_max_syn_backlog: often(2_048, 1, 4, 8),
  tcp_syncookies: fc.constantFrom(0, 1, 2),
  tcp_abort_on_overflow: often(0, 1),
  tcp_synack_retries: fc.integer({ min: 0, max: 3 }),
})

const moment = (from: number, to = LAST_CALL): fc.Arbitrary<number> =>
  fc.integer({ min: from / 10, max: to / 10 }).map((n) => n * 10)

type Does = Step['does']

/** What a process does with a connection; the wait before each, ms. */
const use: fc.Arbitrary<readonly (readonly [number, Does])[]> = fc.array(
  fc.tuple(
    moment(10, 1_200),
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({ call: fc.constant('send' as const), bytes: fc.integer({ min: 1, max: 100 }) }),
      },
      { weight: 2, arbitrary: fc.record({ call: fc.constant('recv' as const), bytes: fc.constantFrom(1, 5, 1_000) }) },
      {
        weight: 1,
        arbitrary: fc.record({
          call: fc.constant('shutdown' as const),
          how: fc.constantFrom(0 as const, 1 as const, 2 as const),
        }),
      },
      { weight: 3, arbitrary: fc.record({ call: fc.constant('close' as const) }) },
    ),
  ),
  { maxLength: 4 },
)

const steps = (host: HostName, socket: string, from: number, used: readonly (readonly [number, Does])[]): Step[] =>
  used.map(([, does], i) => {
    const waited = used.slice(0, i + 1).reduce((ms, [wait]) => ms + wait, 0)
    return { at: from + waited, host, socket, does }
  })

const connectOptions: fc.Arbitrary<SocketOptionValues> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.record({ TCP_SYNCNT: fc.constantFrom(1, 2) }) },
  { weight: 1, arbitrary: fc.record({ TCP_LINGER2: fc.constantFrom(-1, 1, 3) }) },
  { weight: 1, arbitrary: fc.record({ SO_LINGER: fc.constant(0) }) },
)

const listenOptions: fc.Arbitrary<SocketOptionValues> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.record({ TCP_DEFER_ACCEPT: fc.constantFrom(1, 3) }) },
  { weight: 1, arbitrary: fc.record({ TCP_SYNCNT: fc.constantFrom(1, 2) }) },
)

const listener = (n: number): fc.Arbitrary<readonly Step[]> =>
  fc
    .record({
      backlog: fc.integer({ min: 0, max: 4 }),
      options: listenOptions,
      accepts: fc.array(fc.tuple(moment(100), use), { maxLength: 5 }),
      later: fc.option(
        fc.tuple(
          moment(500),
          fc.constantFrom<Does>(
            { call: 'close' },
            { call: 'relisten', backlog: 3 },
            { call: 'relisten', backlog: 0 },
            { call: 'shutdown', how: 0 },
          ),
        ),
        { freq: 3, nil: undefined },
      ),
    })
    .map(({ backlog, options, accepts, later }) => {
      const socket = `L${n}`
      const listens: Step = {
        at: 0,
        host: 'server',
        socket,
        does: { call: 'listen', port: 5_000 + n, backlog, options },
      }
      const taken = [...accepts]
        .sort((a, b) => a[0] - b[0])
        .flatMap(([at, used], i) => [
          { at, host: 'server' as const, socket, does: { call: 'accept' as const } },
          ...steps('server', `${socket}.${i}`, at, used),
        ])
      return [listens, ...taken, ...(later ? [{ at: later[0], host: 'server' as const, socket, does: later[1] }] : [])]
    })

const client = (n: number): fc.Arbitrary<readonly Step[]> =>
  fc
    .record({ at: moment(50, 1_500), to: often(5_000, 5_001), options: connectOptions, used: use })
    .map(({ at, to, options, used }) => [
      { at, host: 'client', socket: `c${n}`, does: { call: 'connect', port: 40_000 + n, to, options } },
      ...steps('client', `c${n}`, at, used),
    ])

const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 4, arbitrary: fc.constant('lost' as const) },
  { weight: 1, arbitrary: fc.constant('twice' as const) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 30 }).map((n) => ({ late: n * 10 })) },
)

const wireRule = (clients: number): fc.Arbitrary<WireRule> =>
  fc.record({
    from: fc.constantFrom('client' as const, 'server' as const),
    port: fc.integer({ min: 40_000, max: 40_000 + clients - 1 }),
    nth: fc.integer({ min: 0, max: 6 }),
    fate,
  })

const CLIENTS = 7

/** Any run of the grammar. */
export const script: fc.Arbitrary<Script> = fc
  .record({
    client: clientSettings,
    server: serverSettings,
    listeners: fc.tuple(listener(0), fc.option(listener(1), { nil: [] })),
    clients: fc
      .integer({ min: 1, max: CLIENTS })
      .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => client(i)))),
    delay: fc.record({ client: fc.integer({ min: 2, max: 60 }), server: fc.integer({ min: 2, max: 60 }) }),
    wire: fc.array(wireRule(CLIENTS), { maxLength: 7 }),
  })
  .map(({ client: c, server, listeners, clients, delay, wire }) => ({
    settings: { client: c, server },
    steps: [...listeners.flat(), ...clients.flat()].sort((a, b) => a.at - b.at),
    delay,
    wire,
    lasts: LASTS,
  }))

/** The same seed draws the same runs. */
export const draw = (seed: number, runs: number): Script[] => fc.sample(script, { seed, numRuns: runs })
