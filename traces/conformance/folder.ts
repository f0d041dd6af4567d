/** A recorded run on disk: system calls, the wire's log, socket states, counters, settings and two packet captures. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import * as v from 'valibot'
import type { Capture } from '../capture.ts'
import { openCapture } from '../readers/index.ts'
import { counterDeltas, event, params, stateLine, wireLine } from './schema.ts'

/** One system call. Times are milliseconds since the run's epoch. */
export interface Call {
  /** When it was made. */
  readonly at: number
  /** When it returned. */
  readonly until: number
  readonly host: HostName
  /** The name that the run gave to the socket. */
  readonly socket: string
  readonly call: string
  readonly args: Readonly<Record<string, unknown>>
  readonly result: unknown
  readonly error?: string
}

export type HostName = 'client' | 'server'

/** One packet as the wire saw it. */
export interface WireLine {
  readonly at: number
  readonly from: HostName
  readonly sourcePort: number
  readonly destinationPort: number
  readonly flags: string
  readonly seq: number
  readonly ack: number
  readonly len: number
  readonly lost: boolean
}

/** A socket as the kernel listed it; a new line stands for each change. */
export interface StateLine {
  readonly at: number
  readonly local: string
  readonly remote: string
  /** As Linux spells it, or GONE. */
  readonly state: string
}

export type CounterDeltas = Readonly<Record<string, number>>

export interface Recording {
  readonly name: string
  readonly kernel: string
  /** Seconds since 1970 at which the run's clock starts. */
  readonly epoch: number
  readonly addresses: Readonly<Record<HostName, string>>
  /** As they were when the run began; changes are among the calls. */
  readonly sysctls: Readonly<Record<HostName, Readonly<Record<string, string>>>>
  /** Between which moments the counters' difference was taken, ms. */
  readonly counted: { readonly from: number; readonly to: number }
  readonly calls: readonly Call[]
  readonly wire: readonly WireLine[]
  readonly states: Readonly<Record<HostName, readonly StateLine[]>>
  readonly counters: Readonly<Record<HostName, CounterDeltas>>
  readonly packets: Readonly<Record<HostName, Capture>>
}

const needed = [
  'events.jsonl',
  'wire.jsonl',
  'params.json',
  'states-client.jsonl',
  'states-server.jsonl',
  'counters-diff.json',
  'capture-client.pcap',
  'capture.pcap',
] as const

/** Which of the needed files the folder lacks. */
export const missingFiles = (folder: string): string[] => needed.filter((file) => !existsSync(join(folder, file)))

const parse = <S extends v.GenericSchema>(schema: S, text: string, place: string): v.InferOutput<S> => {
  try {
    return v.parse(schema, JSON.parse(text))
  } catch (error) {
    throw new Error(`${place}: ${error instanceof Error ? error.message : error}; record it again, or mend it`)
  }
}

const json = <S extends v.GenericSchema>(folder: string, file: string, schema: S): v.InferOutput<S> =>
  parse(schema, readFileSync(join(folder, file), 'utf8'), join(folder, file))

const lines = <S extends v.GenericSchema>(folder: string, file: string, schema: S): v.InferOutput<S>[] =>
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .flatMap((line, i) => (line.trim() === '' ? [] : [parse(schema, line, `${join(folder, file)}:${i + 1}`)]))

const hosts: Readonly<Record<string, HostName>> = { c: 'client', s: 'server' }

const callOf = (e: v.InferOutput<typeof event>): Call => ({
  at: e.t * 1000,
  until: (e.t + e.dur) * 1000,
  host: hosts[e.who]!,
  socket: e.sock,
  call: e.call,
  args: e.args ?? {},
  result: e.ret,
  ...(e.errno ? { error: e.errno } : {}),
})

const wireLineOf = (w: v.InferOutput<typeof wireLine>): WireLine => ({
  at: w.t * 1000,
  from: w.dir === 'c2s' ? 'client' : 'server',
  sourcePort: w.sp,
  destinationPort: w.dp,
  flags: w.fl,
  seq: w.seq,
  ack: w.ack,
  len: w.len,
  lost: w.act === 'drop',
})

const stateLineOf = (s: v.InferOutput<typeof stateLine>): StateLine => ({
  at: s.t * 1000,
  local: s.l,
  remote: s.r,
  state: s.st,
})

/** Reads a folder that lacks nothing (`missingFiles`). @throws Error, ReadError for a file that cannot be read */
export const readFolder = (folder: string): Recording => {
  const about = json(folder, 'params.json', params)
  const counters = json(folder, 'counters-diff.json', counterDeltas)
  const times = about.times
  return {
    name: basename(folder.replace(/\/+$/, '')),
    kernel: about.kernel,
    epoch: about.epoch0,
    addresses: { client: about.client_ip, server: about.server_ip },
    sysctls: {
      client: about.sysctl_client_start ?? about.sysctl_client ?? {},
      server: about.sysctl_server_start ?? about.sysctl_server ?? {},
    },
    counted: times
      ? { from: times.counters_before * 1000, to: times.counters_after * 1000 }
      : { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY },
    calls: lines(folder, 'events.jsonl', event)
      .filter((e) => e.who in hosts)
      .map(callOf),
    wire: lines(folder, 'wire.jsonl', wireLine).map(wireLineOf),
    states: {
      client: lines(folder, 'states-client.jsonl', stateLine).map(stateLineOf),
      server: lines(folder, 'states-server.jsonl', stateLine).map(stateLineOf),
    },
    counters,
    packets: {
      client: openCapture(join(folder, 'capture-client.pcap')),
      server: openCapture(join(folder, 'capture.pcap')),
    },
  }
}
