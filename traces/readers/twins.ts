/**
 * One packet seen twice: a capture on several interfaces shows what is passed on as often as it passes, and a mirror port
 * shows it as it comes and as it goes. Copies that one place shows now and then are another matter: the wire made them, and
 * they arrived.
 */
import type { Frame } from './frame.ts'
import { linkLayer, placeOf } from './link.ts'
import { LastSeen } from './mirrored.ts'

/** Seconds between the two at different places, at most. */
const APART = 0.1
/** Packets remembered: those of the last moment. */
const MOST = 512

interface Seen {
  readonly place: string
  readonly time: number
}

export type Twin = 'elsewhere' | 'here'

export class Twins {
  readonly #seen = new Map<string, Seen>()
  readonly #here = new LastSeen()

  /** Where the same packet was seen a moment ago, if it was. */
  twinOf(data: DataView, frame: Frame): Twin | undefined {
    const { time, linkType, start, end } = frame
    if (time === undefined) return undefined
    const ip = linkLayer(linkType)?.(data, start, end)
    if (typeof ip !== 'number' || ip + 40 > end) return undefined
    const version = data.getUint8(ip) >> 4
    const place = placeOf(data, frame)
    if (place !== undefined && this.#isElsewhere(data, ip, { ...frame, time }, place)) return 'elsewhere'
    return version === 4 && this.#here.isCopy(data, ip, end, time) ? 'here' : undefined
  }

  #isElsewhere(data: DataView, ip: number, { end, time }: Frame & { time: number }, place: string): boolean {
    const key = identity(data, ip, end)
    if (key === undefined) return false
    const seen = this.#seen.get(key)
    if (seen !== undefined && seen.place !== place && Math.abs(time - seen.time) <= APART) return true
    this.#seen.delete(key)
    this.#seen.set(key, { place, time })
    if (this.#seen.size > MOST) this.#seen.delete(this.#seen.keys().next().value!)
    return false
  }
}

const TCP = 6
/** Of an IPv4 header, what routers change: time to live and checksum. */
const CHANGED = [8, 10, 11]

/** The bytes of the headers but for what routers change; nothing for what is no segment of TCP. */
const identity = (data: DataView, ip: number, end: number): string | undefined => {
  const version = data.getUint8(ip) >> 4
  if (version === 4 ? data.getUint8(ip + 9) !== TCP : data.getUint8(ip + 6) !== TCP) return undefined
  const hops = version === 4 ? CHANGED : [7]
  const last = Math.min(end, ip + (version === 4 ? 40 : 60))
  let key = ''
  for (let at = ip; at < last; at++) if (!hops.includes(at - ip)) key += String.fromCharCode(data.getUint8(at))
  return key
}
