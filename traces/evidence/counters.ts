/**
 * The kernel's counters, by the bare names of /proc (`ListenOverflows`): the lines Tcp and TcpExt, no name of which
 * occurs in both. They count since boot, for the whole network namespace, so a single reading dates nothing.
 */
import { quoted, ReadError } from '../readers/error.ts'
import { openText } from '../readers/open.ts'

export type CounterValues = Readonly<Record<string, number>>

/** @throws ReadError as `openText` and `readCounters` */
export const openCounters = (path: string): CounterValues => readCounters(openText(path), path)

/**
 * Reads /proc/net/netstat and /proc/net/snmp (each family a line of names and a line of values; both files in one will
 * do) and the output of nstat.
 * @throws ReadError E_COUNTERS when there is none in it, E_COUNTERS_LINE when names and values do not match
 */
export const readCounters = (text: string, file = 'text'): CounterValues => {
  const values: Record<string, number> = Object.create(null)
  const lines = text.split(/\r\n|\n|\r/)
  const fail = (code: 'E_COUNTERS' | 'E_COUNTERS_LINE', line: number, cause: string, remedy: string) =>
    new ReadError({ code, place: `${file}:${line}:1`, cause, remedy })
  let found = false
  let names: { family: string; names: string[] } | undefined
  lines.forEach((raw, index) => {
    const nstat = /^(TcpExt|Tcp)([A-Z]\w*)\s+(-?\d+)(\s|$)/.exec(raw)
    if (nstat) {
      values[nstat[2]!] = Number(nstat[3])
      found = true
      return
    }
    const colon = raw.indexOf(':')
    const family = colon < 0 ? '' : raw.slice(0, colon)
    if (family !== 'Tcp' && family !== 'TcpExt') return
    const words = raw
      .slice(colon + 1)
      .trim()
      .split(/\s+/)
    if (!names) {
      names = { family, names: words }
      return
    }
    if (names.family !== family || names.names.length !== words.length || !words.every((w) => /^-?\d+$/.test(w))) {
      const cause = `${names.names.length} names and ${words.length} values do not match in ${quoted(raw)}`
      throw fail('E_COUNTERS_LINE', index + 1, cause, 'give the two lines of a family unchanged')
    }
    names.names.forEach((name, i) => {
      values[name] = Number(words[i])
    })
    found = true
    names = undefined
  })
  if (names) throw fail('E_COUNTERS_LINE', lines.length, 'names without a line of values', 'give both lines')
  if (!found) {
    const cause = `no counters of Tcp or TcpExt in ${quoted(text.slice(0, 200))}`
    throw fail('E_COUNTERS', 1, cause, 'give /proc/net/netstat, /proc/net/snmp or the output of nstat -az')
  }
  return values
}

/** What was counted between two readings; a counter that fell (the host was restarted) is left out. */
export const counted = (before: CounterValues, after: CounterValues): CounterValues =>
  Object.fromEntries(
    Object.entries(after)
      .map(([name, value]) => [name, value - (before[name] ?? 0)] as const)
      .filter(([, difference]) => difference >= 0),
  )
