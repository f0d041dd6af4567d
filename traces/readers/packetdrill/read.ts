/**
 * Scripts of packetdrill as captures: what goes in is the remote end's, what comes out is the kernel's under test. Numbers
 * count from 0 for both ends. A statement that is packetdrill but tells nothing here is named in the notes with its line.
 */
import { type Seq, seq } from '../../../model/sequence.ts'
import type { Capture, InjectedSegment, Packet, ScriptCall, ScriptFacts, TcpOptions } from '../../capture.ts'
import { connectionsOf } from '../connections.ts'
import { quoted, ReadError } from '../error.ts'
import { isKnownCall, settingsIn, statesTold } from './facts.ts'
import { parseStatement } from './grammar.ts'
import type { Parsed, ParsedCall, ParsedSegment } from './script.ts'
import { type Statement, statementsOf, Unclosed } from './statements.ts'

const REMOTE = { address: '192.0.2.1', port: 40_000 }
const LOCAL = { address: '192.168.0.1', port: 8080 }

/** A statement with a time and a packet, or a call of a socket: nothing else that is read here looks so. */
const LOOKS_SO =
  /^\s*(?:\+?\s*[\d.]+(?:[~.+\d\s]*)|\*)\s+(?:[<>]\s+(?:\[\w+\]\s+)?[SFRPEWU.-]+\s+\d+:|\w+\(.*\)\s*=\s)/m

export const isPacketdrill = (text: string): boolean => LOOKS_SO.test(text.slice(0, 20_000))

const LONGEST = 20_000

/** @throws ReadError E_PACKETDRILL for a statement that cannot be read, E_NO_PACKETS when none is a packet */
export const readPacketdrill = (text: string, file = 'text'): Capture => {
  const reading = new Reading(file)
  for (const statement of statements(text, file)) reading.take(statement)
  return reading.capture()
}

const statements = (text: string, file: string): Statement[] => {
  try {
    return statementsOf(text)
  } catch (error) {
    if (!(error instanceof Unclosed)) throw error
    const { line, column, what, closing } = error
    throw misread(`${file}:${line}:${column}`, `${what} is not closed`, `close it with «${closing}»`)
  }
}

const misread = (place: string, cause: string, remedy: string): ReadError =>
  new ReadError({ code: 'E_PACKETDRILL', place, cause, remedy })

class Reading {
  readonly #file: string
  readonly #packets: Packet[] = []
  readonly #passedOver: string[] = []
  readonly #calls: (ScriptCall & { readonly returns: number | undefined })[] = []
  #sysctls: ScriptFacts['sysctls'] = {}
  #backlog: number | undefined
  #unmodelled: string | undefined
  /** A sysctl alone makes every listener take the text of a SYN. */
  #opensFast = false
  /** Descriptors whose receiving was shut down: they read EOF at once. */
  readonly #deaf = new Set<string>()
  #now = 0

  constructor(file: string) {
    this.#file = file
  }

  take({ text, line }: Statement): void {
    const parsed = this.#parse(text, line)
    const base = parsed.time?.relative ? this.#now : 0
    if (parsed.time) this.#now = inMicroseconds(base + parsed.time.at)
    if (parsed.kind === 'segment') this.#packets.push(this.#packet(parsed, line))
    else if (parsed.kind === 'other') this.#passedOver.push(`${parsed.what.trim().slice(0, 40)} (line ${line})`)
    else if (parsed.kind === 'shell') this.#command(parsed.command, line)
    else if (isKnownCall(parsed)) {
      if (parsed.name === 'listen' && /^\d+$/.test(parsed.args[1]?.trim() ?? '')) this.#backlog = Number(parsed.args[1])
      if (shutsReceiving(parsed)) this.#deaf.add(parsed.args[0]!.trim())
      if (isFastOpen(text)) this.#unmodelled = FAST_OPEN
      const states = statesTold(parsed, {
        reset: this.#packets.some(({ flags }) => flags.includes('R')),
        deaf: this.#deaf.has(parsed.args[0]?.trim() ?? ''),
      })
      const words = text.replace(/^\s*\S+\s+/, '').replace(/\s+/g, ' ')
      const returns = parsed.time.until === undefined ? undefined : inMicroseconds(base + parsed.time.until)
      this.#calls.push({ line, after: this.#packets.length, returns, words, ...(states && { states }) })
    } else this.#passedOver.push(`${parsed.name}() (line ${line})`)
  }

  #parse(text: string, line: number): Parsed {
    const at = (l: number, column: number): string => `${this.#file}:${line + l - 1}:${column}`
    if (text.length > LONGEST) throw misread(at(1, 1), `a statement of ${text.length} characters`, 'take it out')
    const parsed = parseStatement(text)
    if ('kind' in parsed) return parsed
    const { cause, column } = parsed
    throw misread(
      at(parsed.line, column),
      `${cause} in ${quoted(text.split('\n')[parsed.line - 1] ?? text)}`,
      'put it right, or take the statement out',
    )
  }

  #packet(p: ParsedSegment, line: number): Packet {
    const bringsText = p.flags.includes('S') && !p.flags.includes('.') && p.len > 0
    if (p.unread === FAST_OPEN_FIELD || (this.#opensFast && bringsText)) this.#unmodelled = FAST_OPEN
    if (p.unread !== undefined) this.#passedOver.push(`${p.unread} (line ${line})`)
    const [source, destination] = p.direction === 'in' ? [REMOTE, LOCAL] : [LOCAL, REMOTE]
    const hasAck = p.flags.includes('.')
    return {
      number: this.#packets.length + 1,
      time: this.#now,
      source,
      destination,
      flags: [...'SFRP.UEW'].filter((letter) => p.flags.includes(letter)).join(''),
      sequence: seq(p.seq),
      ...(hasAck ? { acknowledgment: seq(p.ack ?? 0) } : {}), // packetdrill sends the field as it is: 0
      ...(p.window === undefined ? {} : { window: p.window }),
      length: p.len,
      ...(p.options === undefined ? {} : { options: optionsOf(p.options, p.direction) }),
    }
  }

  #command(command: string, line: number): void {
    const [, fastOpen] = /\btcp_fastopen\s*=\s*(\w+)/.exec(command) ?? []
    if (fastOpen !== undefined) this.#opensFast = (Number(fastOpen) & EVERY_LISTENER) === EVERY_LISTENER
    const { sysctls, rest } = this.#settings(command, line)
    this.#sysctls = { ...this.#sysctls, ...sysctls }
    for (const words of rest) this.#passedOver.push(`the command ${quoted(words)} (line ${line})`)
  }

  #settings(command: string, line: number): ReturnType<typeof settingsIn> {
    try {
      return settingsIn(command)
    } catch (error) {
      if (!(error instanceof ReadError)) throw error
      throw misread(`${this.#file}:${line}:1`, error.cause, error.remedy)
    }
  }

  #passedBy(time = Number.NEGATIVE_INFINITY): number {
    return this.#packets.filter((p) => p.time! <= time).length
  }

  capture(): Capture {
    const first = this.#packets[0]
    if (first === undefined) {
      const cause = 'no statement of this script is a packet of TCP'
      throw new ReadError({ code: 'E_NO_PACKETS', place: this.#file, cause, remedy: 'give a script with packets' })
    }
    const syn = this.#packets.find(({ flags }) => flags.includes('S') && !flags.includes('.')) ?? first
    return {
      file: this.#file,
      format: 'packetdrill',
      packets: this.#packets,
      connections: connectionsOf(this.#packets),
      notes: this.#passedOver.length === 0 ? [] : [`passed over: ${this.#passedOver.join(', ')}`],
      script: {
        local: syn.source === LOCAL ? 'client' : 'server',
        sysctls: this.#sysctls,
        ...(this.#backlog !== undefined && { backlog: this.#backlog }),
        injected: this.#packets.filter(({ source }) => source === REMOTE).map(injectedOf),
        ...(this.#unmodelled !== undefined && { unmodelled: this.#unmodelled }),
        calls: this.#calls.map(({ returns, ...call }) => ({
          ...call,
          after: Math.max(call.after, this.#passedBy(returns)),
        })),
      },
    }
  }
}

const FAST_OPEN = 'TCP Fast Open'
const FAST_OPEN_FIELD = 'Fast Open'
/** linux: TFO_SERVER_ENABLE, TFO_SERVER_WO_SOCKOPT1 */
const EVERY_LISTENER = 0x402

const isFastOpen = (text: string): boolean => /FASTOPEN/i.test(text)

const shutsReceiving = ({ name, args }: ParsedCall): boolean =>
  name === 'shutdown' && /SHUT_RD(WR)?\b/.test(args[1] ?? '')

const injectedOf = (p: Packet): InjectedSegment => ({
  time: p.time!,
  source: REMOTE.port,
  destination: LOCAL.port,
  flags: p.flags.replace(/[^SFR.]/g, ''),
  seq: p.sequence!,
  ...(p.acknowledgment === undefined ? {} : { ack: p.acknowledgment }),
  len: p.length,
})

/** packetdrill counts in whole microseconds, so that 1.08 s and 0.1 s are 1 s and 0.18 s. packetdrill: script.h, time_usecs */
const inMicroseconds = (seconds: number): number => Math.round(seconds * 1e6) / 1e6

const optionsOf = ({ sack, timestamp, ...options }: TcpOptions, direction: 'in' | 'out'): TcpOptions => ({
  ...options,
  ...(timestamp && { timestamp: direction === 'in' ? timestamp : { echo: timestamp.echo } }),
  ...(sack && { sack: sack.map(([l, r]) => [seq(l), seq(r)] as [Seq, Seq]) }),
})
