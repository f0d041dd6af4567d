/**
 * Packets that a third party put on the wire, as it noted them: a JSON object per line. Lines that note
 * anything else (`call` is not `inject`) are passed over, so that the log of a whole experiment will do.
 */
import { seq } from '../../model/index.ts'
import { quoted, ReadError } from '../readers/error.ts'
import { openText } from '../readers/open.ts'
import type { Injected } from '../replay/readings/injected.ts'

/** @throws ReadError as `openText` and `readInjected` */
export const openInjected = (path: string): Injected[] => readInjected(openText(path), path)

const FORM =
  '{"call":"inject","epoch":1700000000.5,"args":{"sp":40000,"dp":80,"flags":"R","seq":7,"len":0}}, with ack, sip and dip if need be'

/**
 * `epoch`: seconds, by the clock of the capture; `sp`, `dp`: ports, `sip`, `dip`: addresses; `ack`: with the flag only; `flags` in tcpdump's letters or
 * with A for ACK.
 * @throws ReadError E_INJECTED when no line notes a packet, E_INJECTED_LINE for a line that is no JSON or lacks something
 */
export const readInjected = (text: string, file = 'text'): Injected[] => {
  const forged = text.split(/\r\n|\n|\r/).flatMap((line, i) => {
    if (line.trim() === '') return []
    const place = `${file}:${i + 1}:1`
    const note = objectIn(line, place)
    return note.call === 'inject' ? [forgedOf(note, place)] : []
  })
  if (forged.length > 0) return forged
  const cause = 'no line of it notes a packet that was injected'
  throw new ReadError({ code: 'E_INJECTED', place: file, cause, remedy: `give lines such as ${FORM}` })
}

type Note = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Note => typeof value === 'object' && value !== null && !Array.isArray(value)

const bad = (place: string, cause: string): ReadError =>
  new ReadError({ code: 'E_INJECTED_LINE', place, cause, remedy: `write ${FORM}` })

const objectIn = (line: string, place: string): Note => {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw bad(place, `${quoted(line)} is no JSON`)
  }
  if (!isObject(value)) throw bad(place, `${quoted(line)} is no object`)
  return value
}

const MOST = 2 ** 32 - 1

const forgedOf = ({ epoch, args }: Note, place: string): Injected => {
  if (typeof epoch !== 'number' || !Number.isFinite(epoch)) throw bad(place, 'the packet has no time "epoch"')
  if (!isObject(args)) throw bad(place, 'the packet has no "args"')
  const whole = (name: string, most: number): number => {
    const value = args[name]
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) return value
    throw bad(place, `"${name}" is not a whole number up to ${most}`)
  }
  const flags = args.flags
  if (typeof flags !== 'string' || !/^[SFRPAUEW.]*$/.test(flags)) throw bad(place, '"flags" are no control bits')
  return {
    time: epoch,
    source: whole('sp', 65_535),
    destination: whole('dp', 65_535),
    ...(typeof args.sip === 'string' && { from: args.sip }),
    ...(typeof args.dip === 'string' && { to: args.dip }),
    flags: ['S', 'F', 'R'].filter((f) => flags.includes(f)).join('') + (/[A.]/.test(flags) ? '.' : ''),
    seq: seq(whole('seq', MOST)),
    ...(typeof args.ack === 'number' && /[A.]/.test(flags) && { ack: seq(whole('ack', MOST)) }),
    len: whole('len', 65_535),
  }
}
