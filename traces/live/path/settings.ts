/** What a world of the model asks of real hosts: sysctls and options, and what no kernel can be told. */
import { existsSync } from 'node:fs'
import type { Setting, Stack } from '../../../model/index.ts'
import type { HostName } from '../../conformance/folder.ts'
import type { Settings, SocketOptionValues } from '../script.ts'

/** A tick, ms: the first retransmission timeout of a SYN. */
export const TICK = 1_000

/** The routes of both hosts: text is repeated after a second, as a SYN is, and acknowledged at once. */
export const ROUTE = 'rto_min 1s quickack 1'

/** Where the model has no rule, the kernel is told to have none: probes for the tail, limits that are no part of the world. */
const QUIET: Settings = { tcp_early_retrans: 0, tcp_recovery: 0, tcp_frto: 0 }

const known = (name: string): boolean => existsSync(`/proc/sys/net/${name === 'somaxconn' ? 'core' : 'ipv4'}/${name}`)

/** What Linux does not take is as near to it as Linux allows. linux: tcp_syn_retries_min */
const LEAST: Settings = { tcp_syn_retries: 1 }

const ofStack = ({ sysctls, durations, offers, counted }: Stack): Settings => {
  const options = offers ? {} : { tcp_timestamps: 0, tcp_sack: 0, tcp_window_scaling: 0 }
  const { tcp_challenge_ack_limit: limit, ...rest } = sysctls
  const all: Settings = {
    ...QUIET,
    ...rest,
    ...options,
    tcp_fin_timeout: durations.finTimeout,
    tcp_invalid_ratelimit: durations.invalidRatelimit * TICK,
    ...(counted?.challenges ? { tcp_challenge_ack_limit: limit } : {}),
  }
  const taken = Object.entries(all).filter(([name]) => known(name))
  return Object.fromEntries(taken.map(([name, value]) => [name, Math.max(value, LEAST[name] ?? 0)]))
}

export const settingsOf = (setting: Setting): Readonly<Record<HostName, Settings>> => ({
  client: ofStack(setting.clientStack),
  server: ofStack(setting.serverStack),
})

export const clientOptions = ({ clientStack: { synCount } }: Setting): SocketOptionValues =>
  synCount === undefined ? {} : { TCP_SYNCNT: synCount }

export const listenerOptions = ({ serverStack: { listener } }: Setting): SocketOptionValues => ({
  ...(listener?.synCount === undefined ? {} : { TCP_SYNCNT: listener.synCount }),
  ...(listener?.deferAccept === undefined ? {} : { TCP_DEFER_ACCEPT: 2 ** (listener.deferAccept - 1) }),
})
