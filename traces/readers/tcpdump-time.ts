/** The times that tcpdump prints: none, time of day, date and time (-tttt), epoch (-tt), deltas (-ttt, -ttttt). */

export interface Stamp {
  /** `clock` is HH:MM:SS, which may be the time of day or a delta. */
  readonly kind: 'clock' | 'date' | 'epoch'
  /** Seconds, as printed. */
  readonly seconds: number
}

const CLOCK = /(?:^|\s)(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)(?=\s|$)/
const DATE = /(?:^|\s)(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2}(?:\.\d+)?)(?=\s|$|Z)/
const EPOCH = /(?:^|\s)(\d{9,10}\.\d+)(?=\s|$)/

/** The time in the head of a line, if there is one. Dates are taken as UTC, for want of a zone. */
export const readStamp = (head: string): Stamp | undefined => {
  const date = DATE.exec(head)
  if (date) {
    const [year, month, day, hours, minutes] = date.slice(1, 6).map(Number)
    const whole = Date.UTC(year!, month! - 1, day!, hours!, minutes!) / 1000
    return { kind: 'date', seconds: whole + Number(date[6]) }
  }
  const clock = CLOCK.exec(head)
  if (clock) {
    return { kind: 'clock', seconds: Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]) }
  }
  const epoch = EPOCH.exec(head)
  return epoch ? { kind: 'epoch', seconds: Number(epoch[1]) } : undefined
}

const DAY = 86_400

/**
 * Turns what the lines print into times that can be subtracted.
 * Deltas look like times of day; a text that starts at zero and goes back again can only be one of deltas.
 */
export const timesOf = (stamps: readonly (Stamp | undefined)[]): { times: (number | undefined)[]; notes: string[] } => {
  const clocks = stamps.filter((s) => s?.kind === 'clock').map((s) => s!.seconds)
  const fromZero = clocks[0] === 0
  const goesBack = clocks.some((seconds, i) => i > 0 && seconds < clocks[i - 1]!)
  if (fromZero && goesBack)
    return { times: addedUp(stamps), notes: ['times are deltas (tcpdump -ttt) and were added up'] }
  const notes = fromZero
    ? ['times start at zero and are taken as elapsed since the first packet (tcpdump -ttttt), not as deltas (-ttt)']
    : []
  return { times: acrossMidnight(stamps), notes }
}

const addedUp = (stamps: readonly (Stamp | undefined)[]): (number | undefined)[] => {
  let now = 0
  return stamps.map((stamp) => {
    now += stamp?.seconds ?? 0
    return stamp && now
  })
}

/** A time of day that falls by more than half a day belongs to the next one; smaller steps back are the recorder's. */
const acrossMidnight = (stamps: readonly (Stamp | undefined)[]): (number | undefined)[] => {
  let days = 0
  let last = 0
  return stamps.map((stamp) => {
    if (stamp?.kind !== 'clock') return stamp?.seconds
    if (stamp.seconds < last - DAY / 2) days += 1
    last = stamp.seconds
    return stamp.seconds + days * DAY
  })
}
