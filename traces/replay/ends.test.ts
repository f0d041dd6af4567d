import { describe, expect, it } from 'vitest'
import { type Ends, endsOf } from './ends.ts'
import type { ReplayOptions } from './options.ts'
import type { Observation } from './packets/observation.ts'
import { perEnd } from './readings/per-end.ts'
import { ResultCache } from './result-cache.ts'
import { observed } from './testing/observed.ts'

const kernels = { client: ['linux-6.18'], server: ['linux-6.18'] } as const
const ends = (packets: readonly Observation[], options: ReplayOptions = {}): Ends => {
  const { assumes: _, ...told } = perEnd(packets)
  return endsOf(packets, told, kernels, options)
}
/** The same conversation, from other numbers on. */
const conversation = (client: number, server: number): Observation[] =>
  observed(`> S ${client}`, `< S. ${server} ack=${client + 1}`, `> . ${client + 1} ack=${server + 1}`)

describe('connections that say the same', () => {
  const alike = new ResultCache<Ends>()
  const first = ends(conversation(99, 499), { alike })
  it('are searched once, whatever their numbers', () => {
    expect(ends(conversation(7_000, 1), { alike })).toBe(first)
  })
  it.each<[string, ReplayOptions]>([
    [
      'an end was seen in a state',
      { about: { client: { known: [{ after: [3, 3], states: ['ESTABLISHED'], words: '' }] } } },
    ],
    ['another tap has seen its packets', { about: { beyond: new Map([[1, true]]) } }],
    ['the tap is the interface of an end', { limits: { tapAt: 'server' } }],
  ])('but not where %s', (_, options) => {
    const found = ends(conversation(7_000, 1), { ...options, alike })
    expect(found).not.toBe(first)
    expect(ends(conversation(7_000, 1), { alike })).toBe(first)
  })
  it('nor where a packet is forged, or a host is known to be set otherwise', () => {
    const [syn, synAck, ack] = conversation(7_000, 1)
    expect(ends([syn!, synAck!, { ...ack!, forged: true }], { alike })).not.toBe(first)
    const told = { server: { sysctls: { tcp_abort_on_overflow: 1 } } }
    const set = ends(conversation(7_000, 1), { alike, about: told })
    expect(set).not.toBe(first)
    expect(ends(conversation(8_000, 2), { alike, about: told })).toBe(set)
  })
  it('nor of one that diverges: its packet is its own', () => {
    const odd = (n: number): Observation[] => [...conversation(n, 499), ...observed(`< . 500 ack=${n + 77}`)]
    const failing = ends(odd(99), { alike })
    expect(failing.explained).toBeUndefined()
    expect(ends(odd(900), { alike })).not.toBe(failing)
  })
})

describe('both ends', () => {
  const found = ends(conversation(99, 499))
  it('their states after each packet', () => {
    expect(found.statesAt(0)).toMatchObject({ client: ['SYN_SENT'], server: expect.arrayContaining(['SYN_RECV']) })
    expect(found.statesAt(2)).toMatchObject({ client: ['ESTABLISHED'] })
  })
  it('nothing is invented for a handshake; the kernels that fit', () => {
    expect(found.explained).toMatchObject({ invents: [] })
    expect([found.kernels, found.fits]).toEqual([{ client: 'linux-6.18', server: 'linux-6.18' }, kernels])
  })
})

it('a setting that was asked for outweighs what is known of the host', () => {
  const again = Array.from({ length: 3 }, () => '< S. 499 ack=100')
  const repeated = observed('> S 99', '< S. 499 ack=100', ...again)
  const isExplained = (options: ReplayOptions): boolean => ends(repeated, options).explained !== undefined
  const about = { server: { sysctls: { tcp_synack_retries: 1 } } }
  expect([isExplained({}), isExplained({ about })]).toEqual([true, false])
  expect(isExplained({ about, sysctls: { tcp_synack_retries: 5 } })).toBe(true)
})
