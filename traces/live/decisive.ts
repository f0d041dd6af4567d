/** Runs that one rule alone decides, for rules that random runs seldom meet: each with segments that neither host has sent. */
import type { Dialect } from '../../model/index.ts'
import type { Forged, Script, Settings, Step } from './script.ts'

export const PORT = 40_000
export const LISTENS = 5_000

export interface Decisive {
  readonly settings?: Settings
  /** What the wire loses of a side's packets: the first is 0. */
  readonly lost?: readonly (readonly [from: Step['host'], nth: readonly number[]])[]
  readonly steps: readonly Step[]
}

/** A server that listens, and a client that connects at 0.1 s. */
export const scriptOf = ({ settings = {}, lost = [], steps }: Decisive): Script => {
  const all = { tcp_timestamps: 1, tcp_sack: 1, tcp_syncookies: 0, tcp_syn_retries: 2, ...settings }
  return {
    settings: { client: all, server: all },
    delay: { client: 10, server: 10 },
    wire: lost.flatMap(([from, nths]) => nths.map((nth) => ({ from, port: PORT, nth, fate: 'lost' as const }))),
    lasts: 5_000,
    steps: [
      { at: 0, host: 'server', socket: 'L0', does: { call: 'listen', port: LISTENS, backlog: 3 } },
      { at: 100, host: 'client', socket: 'c0', does: { call: 'connect', port: PORT, to: LISTENS } },
      ...steps,
    ],
  }
}

export type Strange = Omit<Forged, 'call' | 'port' | 'to'>

export const from = (host: Step['host'], at: number, segment: Strange): Step => ({
  ...{ at, host, socket: 'wire' },
  does: { call: 'inject', port: PORT, to: LISTENS, ...segment },
})

export const upTo = (first: number, last = 12): number[] => Array.from({ length: last - first }, (_, i) => first + i)

export const call = (host: Step['host'], socket: string, at: number, does: Step['does']): Step => ({
  at,
  host,
  socket,
  does,
})

/** The server's end closes, and waits: with the client's FIN in TIME_WAIT, without it in FIN_WAIT2. */
export const closed = (byBoth: boolean): Step[] => [
  call('server', 'L0', 600, { call: 'accept' }),
  call('server', 'L0.0', 700, { call: 'close' }),
  ...(byBoth ? [call('client', 'c0', 1_000, { call: 'close' })] : []),
]

/** What the server answers is lost: after its SYN+ACK. */
const unanswered = [['server', upTo(1)]] as const

const heard = (segment: Strange): Decisive => ({ lost: unanswered, steps: [from('client', 1_500, segment)] })

/** A SYN crosses the client's: SYN_RECV without a listener. */
const crossed = (steps: readonly Step[]): Decisive => ({
  lost: [['client', upTo(0)]],
  steps: [from('server', 400, { flags: 'S' }), ...steps],
})

export const decisiveRuns: Readonly<Partial<Record<keyof Dialect, Decisive>>> = {
  beyondWindow: heard({ flags: '.', seq: 1_000_000, len: 1 }),
  synFromThePast: heard({ flags: 'S', seq: 100, clock: -5_000 }),
  ackFromThePast: heard({ flags: '.', seq: -1, clock: -5_000 }),
  ackOfUnsent: heard({ flags: '.', ack: 1 }),
  oldestAck: heard({ flags: '.', ack: -1 }),
  oldAckWhileClosing: {
    lost: [['server', upTo(3)]],
    steps: [
      call('server', 'L0', 400, { call: 'accept' }),
      call('server', 'L0.0', 500, { call: 'send', bytes: 10 }),
      call('client', 'c0', 900, { call: 'shutdown', how: 1 }),
      from('client', 1_500, { flags: '.', ack: -5 }),
    ],
  },
  pawsInTimeWait: {
    lost: [['server', upTo(3)]],
    steps: [...closed(true), from('client', 1_500, { flags: '.', clock: -5_000 })],
  },
  challengeLimit0: {
    ...heard({ flags: 'S', seq: 100 }),
    settings: { tcp_challenge_ack_limit: 0, tcp_invalid_ratelimit: 0 },
  },
  crossedSynAck: crossed([from('server', 700, { flags: 'S.' })]),
  shutdownInSynRecv: crossed([call('client', 'c0', 700, { call: 'shutdown', how: 1 })]),
  currEstab: { steps: [call('client', 'c0', 900, { call: 'shutdown', how: 1 })] },
}
