/** Whatever name a command prints can be given to `explain`. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { halfopen } from '../testing/halfopen.ts'
import { explanations } from './explain.ts'

const corpus = 'traces/corpus'
const ghost = `${corpus}/ghost-connection/ghost-connection.tcpdump.txt`
const netstat = `${corpus}/ghost-connection/ghost-connection.netstat.txt`

/** Members of documents that hold names of things that are not the user's own. */
const named = [
  'id',
  'rule',
  'verdict',
  'certainty',
  'code',
  'counter',
  'property',
  'knob',
  'kernel',
  'field',
  'scenario',
]
const listed = ['rulesNeverFired', 'propertiesNeverExercised', 'properties', 'scenarios', 'kernels', 'lacks']

const names = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(names)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => {
    if (named.includes(key) && typeof member === 'string') return isReference(member) ? [] : [member]
    if (listed.includes(key) && Array.isArray(member))
      return [...member.filter((one) => typeof one === 'string'), ...names(member)]
    return names(member)
  })
}

/** Words of a text that can only be names: codes of errors, sysctls, states, counters. */
const words = (text: string): string[] => [
  ...(text.match(
    /\bE_[A-Z_]+\b|\b(tcp|nf_conntrack|ip_local)_\w+\b(?![(.])|\b(SYN_SENT|SYN_RECV|(FIN|TIME|CLOSE)_WAIT[12]?|LAST_ACK)\b/g,
  ) ?? []),
  ...(text.match(/\b(TCP[A-Z][a-z]\w+|Listen(Overflows|Drops)|PAWS\w+|Syncookies\w+)\b/g) ?? []),
]

const isReference = (text: string): boolean => /^(linux: |RFC )/.test(text)

const unknown = (ids: Iterable<string>): string[] => [...new Set(ids)].filter((id) => explanations(id).length === 0)

describe('every name in a document', () => {
  test.each([
    'check ghost-connection --json',
    'check handshake close --max-depth 6 --json',
    'check handshake --clients any --json',
    'check handshake --against linux-4.9 --json',
    'simulate old-duplicates --runs 5 --json',
    `replay ${ghost} --json`,
    `replay ${ghost} nowhere.pcap --json`,
    `replay ${ghost} --sockets ${netstat} --what-if backlog=9 --json`,
    `host --sockets ${netstat} --json`,
    'host --sockets traces/corpus/field/f8-listen.ss --json',
    'explain linux-6.18 --diff linux-3.10 --json',
    'conform model --json',
  ])('halfopen %s', { timeout: 300_000 }, async (line) => {
    const { out } = await halfopen(line)
    const found = names(JSON.parse(out))
    expect(found.length).toBeGreaterThan(0)
    expect(unknown(found)).toEqual([])
  })
})

describe('every name in a text', () => {
  test.each([
    '--help',
    'check ghost-connection',
    'check ghost-connection --set tcp_nothing=1',
    'replay nowhere.pcap',
    `replay ${ghost} --sockets ${netstat} --what-if backlog=9`,
    `host --sockets ${netstat}`,
    'list sysctls',
    'list claims',
    'list imagined',
    'explain close-wait-leaks',
    'explain linux-6.18',
  ])('halfopen %s', { timeout: 300_000 }, async (line) => {
    const { out, err } = await halfopen(line)
    expect(out.length + err.length).toBeGreaterThan(0)
    expect(unknown(words(`${out}${err}`).filter((word) => word !== 'tcp_nothing'))).toEqual([])
  })
  test.each([
    'README.md',
    'docs/five-minutes.md',
    'docs/ghost-connection.md',
    'docs/walk-through.md',
    'docs/replay.md',
  ])('%s', (file) => expect(unknown(words(readFileSync(file, 'utf8')))).toEqual([]))
})

test.each([
  'tcp_mem',
  'net.ipv4.tcp_wmem',
  'net.core.netdev_max_backlog',
  'net.ipv4.conf.all.rp_filter',
  'net.netfilter.nf_conntrack_tcp_loose',
])('%s: a setting that the model does not have', async (name) => {
  const { code, out } = await halfopen(`explain ${name}`)
  expect([code, out]).toEqual([0, expect.stringContaining('no: no world can set it')])
})

test('a name that nothing has', () => expect(unknown(['tcp_no_such_thing', 'E_NOTHING'])).toHaveLength(2))
