/** What a host says of itself at one moment, and twice with some seconds between. */
import type { CounterValues } from '../evidence/counters.ts'
import type { SocketListing } from '../evidence/sockets.ts'

export interface HostReading {
  /** Seconds by the host's clock, where it is known. */
  readonly at?: number
  readonly sockets: SocketListing
  readonly counters?: CounterValues
}

export interface HostReadings {
  /** The earlier one, if there are two: what moved is told by both. */
  readonly before?: HostReading
  readonly now: HostReading
  /** Settings by their bare names (`somaxconn`), as printed. */
  readonly settings?: Readonly<Record<string, string>>
  /** What `uname -r` prints. */
  readonly release?: string
  /** By process id: `T` where it is stopped, as /proc/PID/stat has it. */
  readonly processStates?: Readonly<Record<number, string>>
}

/** Seconds between the two readings. */
export const secondsBetween = ({ before, now }: HostReadings): number | undefined =>
  before?.at === undefined || now.at === undefined ? undefined : now.at - before.at

/** What a counter did between the readings; undefined where nothing tells. */
export const moved = ({ before, now }: HostReadings, counter: string): number | undefined => {
  const [a, b] = [before?.counters?.[counter], now.counters?.[counter]]
  return a === undefined || b === undefined || b < a ? undefined : b - a
}

/** `net.ipv4.tcp_x = 1`, `/proc/sys/net/ipv4/tcp_x:1`, `tcp_x=1`, by the last part of the name. */
export const settingsIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split(/\r\n|\n|\r/).flatMap((line) => {
      const [, name, value] = /^\s*-?([\w./-]{1,100}?)\s*[=:]\s*(.{1,200}?)\s*$/.exec(line) ?? []
      return name === undefined || value === undefined ? [] : [[name.split(/[./]/).at(-1)!, value] as const]
    }),
  )

export const numberOf = ({ settings }: HostReadings, name: string): number | undefined => {
  const value = settings?.[name]
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined
}
