/**
 * One line of tcpdump text, as it is printed and as articles reprint it: with or without a number, a time, interface
 * and direction, `IP`, link-level headers before it.
 */
import type { Endpoint, TcpOptions } from '../capture.ts'
import { isImpossiblePort, splitHostAndPort } from './endpoint.ts'
import { readTextOptions } from './tcpdump-options.ts'
import { readStamp, type Stamp } from './tcpdump-time.ts'

/** The numbers as printed: relative or absolute is decided by whoever sees the whole text. */
export interface Line {
  readonly number?: number
  readonly stamp?: Stamp
  /** The interface, where `-i any` prints it, and whether the packet came or went there. */
  readonly place?: string
  /** Time to live, and the identification of IPv4, where -v prints them. */
  readonly hops?: number
  readonly identification?: number
  readonly source: Endpoint
  readonly destination: Endpoint
  readonly flags: string
  readonly seq?: number
  readonly ack?: number
  readonly window?: number
  readonly length: number
  /** It does not end as tcpdump ends its lines. */
  readonly lacksLength?: true
  /** The range of `seq` and the length disagree. */
  readonly contradiction?: true
  readonly options?: TcpOptions
}

/** Why a line with `Flags [` in it cannot be read; columns count from 1. */
export interface Unreadable {
  readonly column: number
  readonly cause: string
}

export const NOTHING_FOLLOWS = 'neither seq nor ack nor win follows the flags'

const MARK = ': Flags ['
const BODY = /^Flags \[([^\]]*)\](?:, |$)/
const ORDER = 'SFRP.UEW'
const MAX = 0xffff_ffff

/** Longer is no line of tcpdump, and not worth the time of a regular expression. */
const LONGEST = 10_000

/** Whether the line claims to be a TCP packet: `… source > destination: Flags [`. */
export const isSegmentLine = (text: string): boolean => text.length <= LONGEST && split(text) !== undefined

const split = (text: string) => {
  const mark = text.indexOf(MARK)
  const arrow = text.lastIndexOf(' > ', mark)
  if (mark < 0 || arrow <= 0) return undefined
  const sourceAt = startOfWord(text, arrow)
  const destination = text.slice(arrow + 3, mark)
  if (sourceAt === arrow || /\s/.test(destination)) return undefined
  return { sourceAt, source: text.slice(sourceAt, arrow), destinationAt: arrow + 3, destination, bodyAt: mark + 2 }
}

const startOfWord = (text: string, end: number): number => {
  let at = end
  while (at > 0 && !/\s/.test(text[at - 1]!)) at -= 1
  return at
}

export const readLine = (text: string): Line | Unreadable => {
  const parts = split(text)
  if (!parts) return { column: 1, cause: 'no «source > destination: Flags [»' }
  const source = splitHostAndPort(parts.source)
  const destination = splitHostAndPort(parts.destination)
  if (!source) return { column: parts.sourceAt + 1, cause: 'the source has no port' }
  if (!destination) return { column: parts.destinationAt + 1, cause: 'the destination has no port' }
  if (isImpossiblePort(source.port)) return { column: parts.sourceAt + 1, cause: `port ${source.port} is beyond 65535` }
  if (isImpossiblePort(destination.port))
    return { column: parts.destinationAt + 1, cause: `port ${destination.port} is beyond 65535` }
  const body = readBody(text.slice(parts.bodyAt), parts.bodyAt + 1)
  if ('cause' in body) return body
  return { ...readPrefix(text.slice(0, parts.sourceAt)), source, destination, ...body }
}

type Body = Omit<Line, 'source' | 'destination' | 'number' | 'stamp'>

const readBody = (body: string, column: number): Body | Unreadable => {
  const head = BODY.exec(body)
  if (!head) return { column, cause: 'the flags do not end' }
  const letters = head[1] === 'none' ? '' : head[1]!
  const unknown = [...letters].findIndex((letter) => !ORDER.includes(letter) && letter !== 'e')
  if (unknown >= 0) return { column: column + 7 + unknown, cause: `no TCP flag is written «${letters[unknown]}»` }
  const field = (pattern: RegExp) => pattern.exec(body)
  const seq = field(/(?:, )seq (\d+)(?::(\d+))?/)
  const ack = field(/(?:, )ack (\d+)/)
  const window = field(/(?:, )win (\d+)/)
  const length = field(/(?:, )length (\d+)/)
  for (const found of [seq, ack, window, length]) {
    if (found?.slice(1).some((n) => Number(n ?? 0) > MAX)) {
      return { column: column + found.index + 2, cause: 'a number above 4294967295' }
    }
  }
  if (!seq && !ack && !window) return { column, cause: NOTHING_FOLLOWS }
  const range = seq?.[2] === undefined ? undefined : (Number(seq[2]) - Number(seq[1]) + MAX + 1) % (MAX + 1)
  const options = field(/(?:, )options \[([^\]]*)\]?/)
  const bytes = length ? Number(length[1]) : (range ?? 0)
  return {
    flags: [...ORDER].filter((letter) => letters.includes(letter)).join(''),
    ...(seq ? { seq: Number(seq[1]) } : {}),
    ...(ack && letters.includes('.') ? { ack: Number(ack[1]) } : {}),
    ...(window ? { window: Number(window[1]) } : {}),
    length: bytes,
    ...(length ? {} : { lacksLength: true }),
    ...(seq && (range ?? 0) !== bytes ? { contradiction: true } : {}),
    ...(options ? { options: readTextOptions(options[1]!) } : {}),
  }
}

/** `eth0  In  IP `: since 4.99 `tcpdump -i any` prints both; P and B are packets to others and to all. */
const PLACE = /(?:^|\s)(\S+)\s+(In|Out|P|B|M)\s+IP6?\b/

/** The head of a line. Link-level headers say nothing that is needed. */
export const readPrefix = (prefix: string): Pick<Line, 'number' | 'stamp' | 'place'> => {
  const number = /^\s*(\d+)(?=\s|$)/.exec(prefix)
  const stamp = readStamp(number ? prefix.slice(number[0].length) : prefix)
  const place = PLACE.exec(prefix)
  return {
    ...(number ? { number: Number(number[1]) } : {}),
    ...(stamp ? { stamp } : {}),
    ...(place ? { place: `${place[1]} ${place[2]}` } : {}),
  }
}

/** What -v prints of the IP header: `(tos 0x0, ttl 64, id 1001, …)`, `(class 0x0, hlim 64, …)`. */
export const readIpHeader = (head: string): Pick<Line, 'hops' | 'identification'> => {
  const hops = /[(, ](?:ttl|hlim) (\d{1,3})\b/.exec(head)
  const identification = /[(, ]id (\d{1,5})\b/.exec(head)
  return {
    ...(hops ? { hops: Number(hops[1]) } : {}),
    ...(identification ? { identification: Number(identification[1]) } : {}),
  }
}
