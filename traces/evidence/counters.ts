/**
 * The kernel's counters, by the bare names of /proc (`ListenOverflows`): the lines Tcp and TcpExt, no name of which
 * occurs in both. They count since boot, for the whole network namespace, so a single reading dates nothing.
 */
import { quoted, ReadError } from '../readers/error.ts'
import { textKind } from '../readers/kind.ts'
import { openText } from '../readers/open.ts'
import { sentence } from './netstat-sentences.ts'

export type CounterValues = Readonly<Record<string, number>>

/** @throws ReadError as `openText` and `readCounters` */
export const openCounters = (path: string): CounterValues => readCounters(openText(path), path)

/** `Tcp:` on a line of its own, as netstat -s heads its sentences. */
const SECTION = /^\w+:\s*$/m

/** In the sections of TCP; where there are none, as in `netstat -s | grep -i listen`, every line may be one. */
const isSentence = (raw: string, inSection: boolean, hasSections: boolean): boolean =>
  hasSections ? inSection && /^\s/.test(raw) : /^\s*(?:-?\d+ |TCP\w+: -?\d+$)/.test(raw)

const NSTAT = /^(TcpExt|Tcp)([A-Z]\w*)\s+(-?\d+)(?:\s|$)/

/** Not a count but a limit, and -1 where there is none. linux: snmp_seq_show_tcp_udp · RFC 4022 */
const UNLIMITED = 'MaxConn'

/** Longer is no line of any of these tools: TcpExt's names in /proc/net/netstat take about 3,000 characters. */
const LONGEST = 100_000

/**
 * Reads /proc/net/netstat and /proc/net/snmp (each family a line of names and a line of values; both files in one will
 * do), nstat with --json or without, and `netstat -s`.
 * @throws ReadError E_COUNTERS when there is none in it, E_COUNTERS_LINE when names and values do not match
 */
export const readCounters = (text: string, file = 'text'): CounterValues => {
  const values: Record<string, number> = Object.create(null)
  const lines = text.split(/\r\n|\n|\r/)
  const fail = (code: 'E_COUNTERS' | 'E_COUNTERS_LINE', line: number, cause: string, remedy: string) =>
    new ReadError({ code, place: `${file}:${line}:1`, cause, remedy })
  const keep = (name: string, digits: string, line: number): void => {
    const value = Number(digits)
    if (!Number.isSafeInteger(value))
      throw fail('E_COUNTERS_LINE', line, `${quoted(digits)} is too large for a counter of ${name}`, 'read it again')
    if (value < 0 && name !== UNLIMITED)
      throw fail('E_COUNTERS_LINE', line, `${name} is ${digits}, and no counter counts below 0`, 'read it again')
    values[name] = value
  }
  const hasSections = SECTION.test(text)
  let names: { family: string; names: string[] } | undefined
  let inSection = false
  lines.forEach((raw, index) => {
    const line = index + 1
    if (raw.length > LONGEST) throw fail('E_COUNTERS_LINE', line, `a line of ${raw.length} characters`, 'take it out')
    const nstat = NSTAT.exec(raw)
    const section = /^(\w+):\s*$/.exec(raw)
    if (section) inSection = section[1] === 'Tcp' || section[1] === 'TcpExt'
    const told = isSentence(raw, inSection, hasSections) ? sentence(raw.trim(), inSection) : undefined
    if (nstat) keep(nstat[2]!, nstat[3]!, line)
    if (told) keep(told[0], told[1], line)
    if (/^\s*\{/.test(raw)) fromJson(raw, (name, digits) => keep(name, digits, line))
    const [, family, rest] = /^(Tcp|TcpExt):\s(.*)$/.exec(raw) ?? []
    if (family === undefined) return
    const words = rest!.trim().split(/\s+/)
    if (!names) {
      names = { family, names: words }
      return
    }
    if (names.family !== family || names.names.length !== words.length || !words.every((w) => /^-?\d+$/.test(w))) {
      const cause = `${names.names.length} names and ${words.length} values do not match in ${quoted(raw)}`
      throw fail('E_COUNTERS_LINE', line, cause, 'give the two lines of a family unchanged')
    }
    names.names.forEach((name, i) => {
      keep(name, words[i]!, line)
    })
    names = undefined
  })
  if (names) throw fail('E_COUNTERS_LINE', lines.length, 'names without a line of values', 'give both lines')
  if (Object.keys(values).length === 0) {
    const kind = textKind(text)
    const cause = kind ? 'these are no counters' : `no counters of Tcp or TcpExt in ${quoted(text.slice(0, 200))}`
    throw fail(
      'E_COUNTERS',
      1,
      cause,
      kind ? `it is ${kind}` : 'give /proc/net/netstat, /proc/net/snmp or the output of nstat -az or netstat -s',
    )
  }
  return values
}

/** `{"kernel":{"TcpActiveOpens":3,…}}`: all on one line; the numbers are read as text, for JSON would round large ones. */
const fromJson = (line: string, keep: (name: string, digits: string) => void): void => {
  for (const [, name, digits] of line.matchAll(/"(?:TcpExt|Tcp)([A-Z]\w*)"\s*:\s*(-?\d+)/g)) keep(name!, digits!)
}

/** What was counted between two readings; a counter that fell (the host was restarted) is left out. */
export const counted = (before: CounterValues, after: CounterValues): CounterValues =>
  Object.fromEntries(
    Object.entries(after)
      .map(([name, value]) => [name, value - (before[name] ?? 0)] as const)
      .filter(([, difference]) => difference >= 0),
  )

/** How many there are now, which may fall. RFC 4022 */
const GAUGES: readonly string[] = ['CurrEstab']

/** Counters that fell between the readings, which none does while a host runs. */
export const fallen = (before: CounterValues, after: CounterValues): string[] =>
  Object.keys(after).filter((name) => !GAUGES.includes(name) && after[name]! < (before[name] ?? 0))
