/**
 * tcpdump text, as it comes out of a terminal and as articles publish it.
 *
 * Lines about other protocols, comments, hex dumps, tcpdump's own chatter and prose are passed over and counted; a line
 * that claims to be a TCP packet and cannot be read is an error.
 */
import type { Capture, Packet } from '../capture.ts'
import { connectionsOf } from './connections.ts'
import { quoted, ReadError } from './error.ts'
import { hostTextKind } from './kind.ts'
import { absoluteNumbers } from './relative.ts'
import { isSegmentLine, type Line, NOTHING_FOLLOWS, readIpHeader, readLine, readPrefix } from './tcpdump-line.ts'
import { timesOf } from './tcpdump-time.ts'
import { capturedTwice } from './text-twins.ts'

/** What may stand between packets without being worth a word. */
const CHATTER = [
  /^\s*$/,
  /^\s*(#|\/\/|```)/,
  /^\s*0x[0-9a-f]+:/i,
  /^tcpdump: /,
  /^(listening on|reading from) /,
  /^\^?C?\d+ packets? /,
  /^\s*[.…]+\s*$/,
]

/** What the head of a packet looks like when -v puts it on a line of its own. */
const HEAD_OF_TWO_LINES = /^([^(]*(?:\(0x[0-9a-f]+\)[^(]*)?)\((?:tos|class|flowlabel|hlim) /

/** A packet of tcpdump -q. */
const QUIET = /^.{0,200} > \S{1,100}: tcp \d+$/m

interface Read {
  readonly lines: Line[]
  readonly notes: string[]
}

/**
 * @throws ReadError E_NOT_A_CAPTURE when no line is a packet, E_TCPDUMP_LINE (with `partial`) when one cannot be read
 */
export const readTcpdump = (text: string, file = 'text'): Capture => {
  const lines: Line[] = []
  const strange: number[] = []
  let head = ''
  let ipHeader: ReturnType<typeof readIpHeader> = {}
  const all = text.split(/\r\n|\n|\r/)
  const last = all.findLastIndex((raw) => raw.trim() !== '')
  let cutOff = false
  all.forEach((raw, index) => {
    if (!isSegmentLine(raw)) {
      head = HEAD_OF_TWO_LINES.exec(raw)?.[1] ?? ''
      ipHeader = head ? readIpHeader(raw) : {}
      if (!head && !CHATTER.some((pattern) => pattern.test(raw))) strange.push(index + 1)
      return
    }
    const line = readLine(raw)
    if (index === last && isCutOff(raw, line, lines)) {
      cutOff = true
      return
    }
    if ('cause' in line) {
      throw new ReadError({
        code: 'E_TCPDUMP_LINE',
        place: `${file}:${index + 1}:${line.column}`,
        cause: `${line.cause} in ${quoted(raw)}`,
        remedy: 'put the line right or take it out; the packets before it were read',
        ...(lines.length > 0 ? { partial: assemble(file, { lines, notes: strangeLines(strange) }) } : {}),
      })
    }
    lines.push({ ...readPrefix(head), ...ipHeader, ...line })
    head = ''
    ipHeader = {}
  })
  if (lines.length === 0) {
    const quiet = QUIET.test(text)
    const kind = quiet ? undefined : hostTextKind(text)
    throw new ReadError({
      code: 'E_NOT_A_CAPTURE',
      place: `${file}:1:1`,
      cause: quiet
        ? 'tcpdump was asked to be quiet (-q): it left out flags and sequence numbers'
        : kind
          ? 'this is no capture'
          : `no line of tcpdump («a.b.c.d.port > a.b.c.d.port: Flags [S], seq …») in ${quoted(text.slice(0, 200))}`,
      remedy: kind ?? `give the output of tcpdump -n tcp${quiet ? ' without -q' : ''}, or a pcap`,
    })
  }
  const cut = cutOff ? [`line ${last + 1}, the last one, is cut off: it is passed over`] : []
  return assemble(file, { lines, notes: [...strangeLines(strange), ...cut] })
}

/** What tcpdump prints of every packet, and a line that was cut in the middle has not. */
const LENGTH = /, length \d+/

/** A last line that stops short of what all others have: a text that was copied up to there. */
const isCutOff = (raw: string, line: ReturnType<typeof readLine>, before: readonly Line[]): boolean => {
  if (before.length === 0 || before.some(({ lacksLength }) => lacksLength)) return false
  if ('cause' in line) return line.cause === NOTHING_FOLLOWS && /, (?:[a-z]*|(?:seq|ack|win) ?\d*:?)$/.test(raw)
  return !LENGTH.test(raw)
}

const assemble = (file: string, { lines, notes }: Read): Capture => {
  const { times, notes: timeNotes } = timesOf(lines.map((line) => line.stamp))
  const { numbers, numbering } = absoluteNumbers(lines)
  const numbered = lines.every(({ number }, i) => number && (i === 0 || number > (lines[i - 1]!.number ?? number)))
  const all = lines.map((line, i): Packet => {
    const time = times[i]
    return {
      number: numbered ? line.number! : i + 1,
      ...(time === undefined ? {} : { time }),
      source: line.source,
      destination: line.destination,
      flags: line.flags,
      ...numbers[i],
      ...(line.window === undefined ? {} : { window: line.window }),
      length: line.length,
      ...(line.hops === undefined ? {} : { hops: line.hops }),
      ...(line.identification === undefined ? {} : { identification: line.identification }),
    }
  })
  const twice = capturedTwice(all, (i) => lines[i]!.place)
  const packets = all.filter((_, i) => !twice.has(i))
  const contradictions = all.filter((_, i) => lines[i]!.contradiction).map((packet) => packet.number)
  return {
    file,
    format: 'tcpdump',
    packets,
    connections: connectionsOf(packets, numbering),
    notes: [
      ...notes,
      ...timeNotes,
      ...(twice.size > 0 ? [`${twice.size === 1 ? '1 line' : `${twice.size} lines`} skipped: captured twice`] : []),
      ...(times.every((time) => time === undefined) ? ['no times: nothing about timers can be checked'] : []),
      ...(!numbered && lines.some((line) => line.number !== undefined)
        ? ['the printed packet numbers do not rise from line to line: packets are counted from 1 instead']
        : []),
      ...(contradictions.length > 0
        ? [`seq and length disagree in ${list(contradictions)}: the length is believed`]
        : []),
    ],
  }
}

const strangeLines = (numbers: readonly number[]): string[] =>
  numbers.length === 0
    ? []
    : [`${numbers.length === 1 ? '1 line is' : `${numbers.length} lines are`} no TCP packet: ${list(numbers)}`]

const list = (numbers: readonly number[]): string =>
  numbers.length > 10 ? `${numbers.slice(0, 10).join(', ')}, …` : numbers.join(', ')
