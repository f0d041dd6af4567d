/** Values of options: each parser says the range when it refuses. */
import { UsageError } from '../error.ts'

export interface Range {
  readonly min: number
  readonly max: number
  /** What is counted, for the message: `ticks`, `clients`. */
  readonly of?: string
}

const rangeText = ({ min, max, of }: Range): string => {
  const numbers = max === Number.POSITIVE_INFINITY ? `${min} or more` : `${min} to ${max}`
  return of === undefined ? numbers : `${numbers} ${of}`
}

export const inRange = (place: string, value: number, range: Range): number => {
  if (value >= range.min && value <= range.max) return value
  const cause = `${value} is out of range`
  throw new UsageError({ code: 'E_RANGE', place, cause, remedy: `give ${rangeText(range)}` })
}

/** A whole number within a range. */
export const whole =
  (place: string, range: Range) =>
  (text: string): number => {
    if (/^[+-]?\d+$/.test(text)) return inRange(place, Number(text), range)
    throw notA(place, text, 'a whole number', range)
  }

const SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, min: 60, h: 3600 }

/** Seconds: `90`, `90s`, `1.5m`, `2h`. */
export const duration =
  (place: string, min: number) =>
  (text: string): number => {
    const [, digits, unit] = /^(\d+\.?\d*|\.\d+) ?(s|m|min|h)?$/.exec(text) ?? []
    const range = { min, max: Number.POSITIVE_INFINITY, of: 'seconds, or with m or h' }
    if (digits === undefined) throw notA(place, text, 'a duration', range)
    return inRange(place, Number(digits) * SECONDS[unit ?? '']!, range)
  }

const notA = (place: string, text: string, what: string, range: Range): UsageError =>
  new UsageError({ code: 'E_VALUE', place, cause: `"${text}" is not ${what}`, remedy: `give ${rangeText(range)}` })

const UNITS: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 }
const MEMORY = { min: 2 ** 16, max: 2 ** 40 }

/** Bytes: `512M`, `2G`, `1048576`. */
export const memory =
  (place: string) =>
  (text: string): number => {
    const [, digits, unit] = /^(\d+(?:\.\d+)?)([KMG]?)(?:i?B)?$/i.exec(text) ?? []
    const remedy = 'give bytes with K, M or G, 64K to 1024G, as in --memory 512M'
    if (digits === undefined) throw new UsageError({ code: 'E_VALUE', place, cause: `"${text}" is no size`, remedy })
    const bytes = Math.floor(Number(digits) * UNITS[unit!.toUpperCase()]!)
    if (bytes >= MEMORY.min && bytes <= MEMORY.max) return bytes
    throw new UsageError({ code: 'E_RANGE', place, cause: `${text} is out of range`, remedy })
  }

/** Names apart by commas; the option may also be given several times. */
export const names = (text: string, before: readonly string[] = []): string[] => [
  ...before,
  ...text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== ''),
]
