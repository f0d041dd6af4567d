/** A moment in a capture: `name@moment`. */
import type { Packet } from '../capture.ts'

export type Moment =
  | { readonly kind: 'epoch' | 'clock' | 'elapsed'; readonly seconds: number; readonly whole?: true }
  | { readonly kind: 'packet'; readonly number: number }

const DAY = 86_400

/** Seconds that making a listing may take, and that the tap may see later or earlier than the host. */
const SLACK = 0.25

/**
 * `1795226301.5` by the clock of the capture, `07:54:19.2` of its day (UTC), `+2.5` seconds after its first packet, `#12`
 * right after packet 12. Without a fraction it is anywhere in that second. Undefined if it is none of these.
 */
export const readMoment = (text: string): Moment | undefined => {
  const whole = text.includes('.') ? {} : { whole: true as const }
  if (/^#\d{1,15}$/.test(text)) return { kind: 'packet', number: Number(text.slice(1)) }
  if (/^\+\d{1,12}(?:\.\d+)?s?$/.test(text))
    return { kind: 'elapsed', seconds: Number.parseFloat(text.slice(1)), ...whole }
  if (/^\d{1,12}(?:\.\d+)?$/.test(text)) return { kind: 'epoch', seconds: Number(text), ...whole }
  const clock = /^(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(text)
  if (!clock) return undefined
  return { kind: 'clock', seconds: Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]), ...whole }
}

/** How many of the packets had passed the tap then, at least and at most; undefined where the capture has no times to tell. */
export const passedBy = (
  packets: readonly Packet[],
  moment: Moment,
  first: Packet,
): readonly [from: number, to: number] | undefined => {
  if (moment.kind === 'packet') {
    const passed = packets.filter(({ number }) => number <= moment.number).length
    return [passed, passed]
  }
  if (first.time === undefined || packets.some(({ time }) => time === undefined)) return undefined
  const then = secondsOf(moment, first.time)
  const passed = (at: number): number => packets.filter(({ time }) => time! <= at).length
  return [passed(then - SLACK), passed(then + SLACK + (moment.whole ? 1 : 0))]
}

const secondsOf = ({ kind, seconds }: Exclude<Moment, { kind: 'packet' }>, first: number): number => {
  if (kind === 'epoch') return seconds
  if (kind === 'elapsed') return first + seconds
  const then = Math.floor(first / DAY) * DAY + seconds
  return then < first - DAY / 2 ? then + DAY : then
}
