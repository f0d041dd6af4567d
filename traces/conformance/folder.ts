/** A recorded run on disk: system calls, the wire's log, socket states, counters, settings and two packet captures. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Capture } from '../capture.ts'
import { openCapture } from '../readers/index.ts'
import { type Fields, parse } from './json.ts'

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
  /** Its timestamps, if it has any: the sender's clock, and the echo. */
  readonly timestamp?: { readonly val: number; readonly echo: number }
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

export interface Sample {
  readonly from: number
  readonly to: number
}

export type CounterDeltas = Readonly<Record<string, number>>

export interface Recording {
  readonly name: string
  readonly kernel: string
  /** Of its clock, ms, where the recording tells it. linux: 1000 / HZ */
  readonly tick?: number
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
  /** When the sockets were listed, ms, where the recording tells it: each listing began and ended. */
  readonly samples?: Readonly<Record<HostName, readonly Sample[]>>
  readonly counters: Readonly<Record<HostName, CounterDeltas>>
  /** When the recording process was kept waiting in the midst of a delivery, ms: the other host got it somewhere in between. */
  readonly stalls?: readonly Sample[]
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

const fileOf = (folder: string, file: string): Fields =>
  parse(readFileSync(join(folder, file), 'utf8'), join(folder, file))

const linesOf = <T>(folder: string, file: string, read: (line: Fields) => T | undefined): T[] =>
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .flatMap((line, i) => (line.trim() === '' ? [] : [read(parse(line, `${join(folder, file)}:${i + 1}`))]))
    .filter((line) => line !== undefined)

const hosts: Readonly<Record<string, HostName>> = { c: 'client', s: 'server' }

/** A call on one of the two hosts; those on the wire and of the experiment itself are none. */
const callOf = (e: Fields): Call | undefined => {
  const host = hosts[e.text('who')]
  const at = e.number('t') * 1000
  return (
    host && {
      at,
      until: at + (e.has('dur') ? e.number('dur') * 1000 : 0),
      host,
      socket: e.text('sock'),
      call: e.text('call'),
      args: e.table('args', (value) => value),
      result: e.get('ret'),
      ...(e.has('errno') ? { error: e.text('errno') } : {}),
    }
  )
}

const wireLineOf = (w: Fields): WireLine => ({
  at: w.number('t') * 1000,
  from: w.text('dir') === 'c2s' ? 'client' : 'server',
  sourcePort: w.number('sp'),
  destinationPort: w.number('dp'),
  flags: w.text('fl'),
  seq: w.number('seq'),
  ack: w.number('ack'),
  len: w.number('len'),
  ...(w.has('tsv') ? { timestamp: { val: w.number('tsv'), echo: w.number('tse') } } : {}),
  lost: w.text('act') === 'drop',
})

const stateLineOf = (s: Fields): StateLine => ({
  at: s.number('t') * 1000,
  local: s.text('l'),
  remote: s.text('r'),
  state: s.text('st'),
})

const settingsOf = (params: Fields, host: HostName): Readonly<Record<string, string>> =>
  params.table(params.has(`sysctl_${host}_start`) ? `sysctl_${host}_start` : `sysctl_${host}`, String)

/** The folder itself, or those in it that lack nothing, where it has none of the files. */
export const recordingsIn = (folder: string): string[] => {
  if (missingFiles(folder).length < needed.length || !existsSync(folder) || !statSync(folder).isDirectory())
    return [folder]
  const inside = readdirSync(folder).map((name) => join(folder, name))
  const found = inside.filter((path) => missingFiles(path).length === 0).sort()
  return found.length > 0 ? found : [folder]
}

const samplesIn = (folder: string): Pick<Recording, 'samples'> => {
  if (!existsSync(join(folder, 'samples.jsonl'))) return {}
  const all = linesOf(folder, 'samples.jsonl', (s) => ({
    host: hosts[s.text('who')]!,
    from: s.number('t') * 1000,
    to: (s.number('t') + s.number('dur')) * 1000,
  }))
  const of = (host: HostName) => all.filter((s) => s.host === host)
  return { samples: { client: of('client'), server: of('server') } }
}

const stallsIn = (folder: string): Pick<Recording, 'stalls'> => {
  if (!existsSync(join(folder, 'stalls.jsonl'))) return {}
  const stalls = linesOf(folder, 'stalls.jsonl', (s) => ({
    from: s.number('t') * 1000,
    to: (s.number('t') + s.number('dur')) * 1000,
  }))
  return { stalls }
}

/** Reads a folder that lacks nothing (`missingFiles`). @throws Error, ReadError for a file that cannot be read */
export const readFolder = (folder: string): Recording => {
  const params = fileOf(folder, 'params.json')
  const counters = fileOf(folder, 'counters-diff.json')
  const times = params.has('times') ? params.fields('times') : undefined
  return {
    name: basename(folder.replace(/\/+$/, '')),
    kernel: params.text('kernel'),
    ...(params.has('tick') ? { tick: params.number('tick') } : {}),
    epoch: params.number('epoch0'),
    addresses: { client: params.text('client_ip'), server: params.text('server_ip') },
    sysctls: { client: settingsOf(params, 'client'), server: settingsOf(params, 'server') },
    counted: times
      ? { from: times.number('counters_before') * 1000, to: times.number('counters_after') * 1000 }
      : { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY },
    calls: linesOf(folder, 'events.jsonl', callOf),
    wire: linesOf(folder, 'wire.jsonl', wireLineOf),
    states: {
      client: linesOf(folder, 'states-client.jsonl', stateLineOf),
      server: linesOf(folder, 'states-server.jsonl', stateLineOf),
    },
    ...samplesIn(folder),
    ...stallsIn(folder),
    counters: { client: counters.table('client', Number), server: counters.table('server', Number) },
    packets: {
      client: openCapture(join(folder, 'capture-client.pcap')),
      server: openCapture(join(folder, 'capture.pcap')),
    },
  }
}
