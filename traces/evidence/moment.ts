/** A moment in a capture: `name@moment`. */
import type { Capture, Packet } from '../capture.ts'

export type Moment =
  | { readonly kind: 'epoch' | 'clock' | 'elapsed'; readonly seconds: number; readonly whole?: true }
  /** Seconds since the first packet of a connection, as a report prints them. */
  | { readonly kind: 'connection'; readonly connection: number; readonly seconds: number; readonly whole?: true }
  | { readonly kind: 'packet'; readonly number: number }

const DAY = 86_400

/** Seconds that making a listing may take, and that the tap may see later or earlier than the host. */
const SLACK = 0.25

/** A number of seconds that is no time since 1970: the clock of a capture is later than 2001. */
const LEAST_EPOCH = 1e9

/**
 * `1795226301.5` by the clock of the capture, `07:54:19.2` of its day or `2026-11-21 07:54:19.2` (UTC), `2.5 s` or `+2.5`
 * seconds after its first packet, `connection 3 2.5 s` after the first of that connection, `packet 12` or `#12` right after
 * that packet. Without a fraction it is anywhere in that second. Undefined if it is none of these.
 */
export const readMoment = (text: string): Moment | undefined => {
  const trimmed = text.trim()
  const whole = trimmed.includes('.') ? {} : { whole: true as const }
  const packet = /^(?:#|packet\s+)(\d{1,15})$/i.exec(trimmed)
  if (packet) return { kind: 'packet', number: Number(packet[1]) }
  const of = /^connection\s+(\d{1,9})[\s,:]+\+?(\d{1,12}(?:\.\d+)?)\s*s?$/i.exec(trimmed)
  if (of) return { kind: 'connection', connection: Number(of[1]), seconds: Number(of[2]), ...whole }
  const elapsed = /^(?:\+(\d{1,12}(?:\.\d+)?)\s*s?|(\d{1,12}(?:\.\d+)?)\s*s)$/.exec(trimmed)
  if (elapsed) return { kind: 'elapsed', seconds: Number(elapsed[1] ?? elapsed[2]), ...whole }
  if (/^\d{1,12}(?:\.\d+)?$/.test(trimmed)) {
    const seconds = Number(trimmed)
    return { kind: seconds < LEAST_EPOCH ? 'elapsed' : 'epoch', seconds, ...whole }
  }
  const date = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2}(?:\.\d+)?)Z?$/.exec(trimmed)
  if (date) {
    const [year, month, day, hours, minutes] = date.slice(1, 6).map(Number)
    const start = Date.UTC(year!, month! - 1, day!, hours!, minutes!) / 1000
    return { kind: 'epoch', seconds: start + Number(date[6]), ...whole }
  }
  const clock = /^(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(trimmed)
  if (!clock) return undefined
  return { kind: 'clock', seconds: Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]), ...whole }
}

/** How many of the packets had passed the tap then, at least and at most; undefined where the capture has no times to tell. */
export const passedBy = (
  packets: readonly Packet[],
  moment: Moment,
  first: Packet,
  capture?: Pick<Capture, 'connections'>,
): readonly [from: number, to: number] | undefined => {
  if (moment.kind === 'packet') {
    const passed = packets.filter(({ number }) => number <= moment.number).length
    return [passed, passed]
  }
  const since = startOf(moment, first, capture)
  if (since === undefined || packets.some(({ time }) => time === undefined)) return undefined
  const then = secondsOf(moment, since)
  const passed = (at: number): number => packets.filter(({ time }) => time! <= at).length
  return [passed(then - SLACK), passed(then + SLACK + (moment.whole ? 1 : 0))]
}

type Timed = Exclude<Moment, { kind: 'packet' }>

const startOf = (moment: Timed, first: Packet, capture?: Pick<Capture, 'connections'>): number | undefined =>
  moment.kind === 'connection'
    ? capture?.connections.find(({ id }) => id === moment.connection)?.packets[0]?.time
    : first.time

const secondsOf = ({ kind, seconds }: Timed, first: number): number => {
  if (kind === 'epoch') return seconds
  if (kind === 'elapsed' || kind === 'connection') return first + seconds
  const then = Math.floor(first / DAY) * DAY + seconds
  return then < first - DAY / 2 ? then + DAY : then
}

/** Why a moment is none of the capture, with the range that it has; undefined where it is one, or the capture has no times. */
export const outsideOf = (moment: Moment, { packets, connections }: Capture): string | undefined => {
  const [first, last] = [packets[0], packets.at(-1)]
  if (first === undefined || last === undefined) return undefined
  if (moment.kind === 'packet')
    return moment.number < first.number || moment.number > last.number
      ? `packet ${moment.number} is none of the capture: it has packets ${first.number} to ${last.number}`
      : undefined
  const start = startOf(moment, first, { connections })
  if (moment.kind === 'connection' && !connections.some(({ id }) => id === moment.connection))
    return `the capture has no connection ${moment.connection}: it has ${connections.length}, from 0`
  if (start === undefined || first.time === undefined || last.time === undefined) return undefined
  const then = secondsOf(moment, start)
  if (then >= first.time - 1 - SLACK && then <= last.time + 1 + SLACK) return undefined
  const length = (last.time - first.time).toFixed(1)
  return `this lies ${then < first.time ? `${(first.time - then).toFixed(1)} s before` : `${(then - last.time).toFixed(1)} s after`} the capture, which lasts from ${clockText(first.time)} to ${clockText(last.time)} (0 to ${length} s)`
}

/** By the clock of the capture: a date where it has one, else the time of day. */
const clockText = (time: number): string => {
  const iso = new Date(time * 1000).toISOString()
  return time < LEAST_EPOCH ? iso.slice(11, 23) : iso.slice(0, 23).replace('T', ' ')
}
