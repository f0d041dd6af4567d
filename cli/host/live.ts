/** Reads what this Linux host says of itself; nothing is changed. Without root, processes of others stay unnamed. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import {
  type CounterValues,
  type HostReading,
  readCounters,
  readSockets,
  type SocketListing,
} from '../../traces/index.ts'
import { UsageError } from '../error.ts'

export const isLinux = (): boolean => existsSync('/proc/net/tcp')

/** @throws UsageError where there is no /proc/net/tcp */
export const readLiveHost = (): HostReading => {
  if (!isLinux()) {
    const remedy = 'give what the host printed: --sockets ss.txt --counters nstat.txt'
    throw new UsageError({ code: 'E_HOST', place: 'host', cause: 'this is no Linux host (no /proc/net/tcp)', remedy })
  }
  const counters = liveCounters()
  return { at: Date.now() / 1000, sockets: ofSs() ?? ofProc(), ...(counters && { counters }) }
}

/** One line a socket, with timers, processes, and when each has last sent. iproute2: misc/ss.c */
const ofSs = (): SocketListing | undefined => {
  try {
    const text = execFileSync('ss', ['-OHtanpoi'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 2 ** 28,
    })
    return text.trim() === '' ? undefined : readSockets(text, 'ss')
  } catch {
    return undefined
  }
}

const ofProc = (): SocketListing => {
  const text = ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => textOf(file) ?? '').join('\n')
  return readSockets(text, '/proc/net/tcp')
}

const liveCounters = (): CounterValues | undefined => {
  const text = ['/proc/net/netstat', '/proc/net/snmp'].flatMap((file) => textOf(file) ?? []).join('\n')
  return text === '' ? undefined : readCounters(text, '/proc/net/netstat')
}

const textOf = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

const SETTINGS = [
  'core/somaxconn',
  'ipv4/tcp_abort_on_overflow',
  'ipv4/tcp_synack_retries',
  'ipv4/tcp_syn_retries',
  'ipv4/tcp_syncookies',
  'ipv4/tcp_max_syn_backlog',
  'ipv4/tcp_fin_timeout',
  'ipv4/tcp_max_tw_buckets',
  'ipv4/tcp_tw_reuse',
  'ipv4/tcp_orphan_retries',
  'ipv4/tcp_retries2',
  'ipv4/ip_local_port_range',
]

export const liveSettings = (): Record<string, string> =>
  Object.fromEntries(
    SETTINGS.flatMap((name) => {
      const value = textOf(`/proc/sys/net/${name}`)?.trim()
      return value === undefined ? [] : [[name.split('/')[1]!, value] as const]
    }),
  )

export const liveRelease = (): string | undefined => textOf('/proc/sys/kernel/osrelease')?.trim()

/** The state of each of these processes, as far as it may be seen. proc(5): stat */
export const liveProcessStates = (pids: readonly number[]): Record<number, string> =>
  Object.fromEntries(
    [...new Set(pids)].flatMap((pid) => {
      const state = /\) (\w) /.exec(textOf(`/proc/${pid}/stat`) ?? '')?.[1]
      return state === undefined ? [] : [[pid, state] as const]
    }),
  )
