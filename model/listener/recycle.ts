/**
 * tcp_tw_recycle, until 4.11: where TIME_WAIT is cut short, old segments are to be kept out by the clock of the host that
 * they come from. Behind one NAT there are many hosts with one address, and each has a clock of its own.
 * linux: tcp_remember_stamp, tcp_peer_is_proven
 */
import type { Stack } from '../config.ts'
import type { Admission, Listener } from './types.ts'

/** linux: TCP_PAWS_MSL, in seconds */
const REMEMBERED = 60

/** Timestamps may go back by so much. linux: TCP_PAWS_WINDOW */
const SLACK = 1

/** A host without timestamps does not see those of others. linux: tcp_parse_options */
const clockSeen = ({ from }: Admission, { sysctls }: Stack): number | undefined =>
  sysctls.tcp_timestamps === 0 ? undefined : from?.clock

/** Whether the SYN is judged by its clock at all. To 3.16 one without a timestamp is not. */
export const recycles = (q: Admission, stack: Stack): boolean => {
  const { recycledSyn } = stack.dialect
  if (q.from === undefined || stack.sysctls.tcp_tw_recycle === 0 || recycledSyn === 'not judged') return false
  return recycledSyn === 'judged' || clockSeen(q, stack) !== undefined
}

/** Its clock is behind the one remembered for its address; or it has none, where one is remembered. */
export const isOfThePast = (l: Listener, q: Admission, stack: Stack): boolean => {
  const latest = l.latest?.find((p) => p.address === q.from?.address)
  const clock = clockSeen(q, stack)
  return latest !== undefined && (clock === undefined || latest.clock - clock > SLACK)
}

/** Only a later clock takes the place of one that is remembered. */
export const remember = (l: Listener, address: string, clock: number, stack: Stack): Listener => {
  const before = l.latest?.find((p) => p.address === address)
  if (before !== undefined && before.clock > clock) return l
  const others = l.latest?.filter((p) => p.address !== address) ?? []
  const latest = [
    ...others,
    { address, clock, left: stack.durations.clockMemory ?? REMEMBERED * stack.durations.initialRto },
  ]
  return { ...l, latest: latest.sort((a, b) => (a.address < b.address ? -1 : 1)) }
}

export const latestElapse = (latest: Listener['latest'], time: number): Pick<Listener, 'latest'> => {
  const still = latest?.filter((p) => p.left > time).map((p) => ({ ...p, left: p.left - time })) ?? []
  return still.length > 0 ? { latest: still } : {}
}
