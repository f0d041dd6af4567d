import { describe, expect, it } from 'vitest'
import type { Connection } from '../capture.ts'
import { openCapture } from '../readers/index.ts'
import { corpusFile } from '../readers/testing/corpus.ts'
import { bestOf, type EndOptions, kernelsThatFit, replayClients, replayServer, replayServers } from './end.ts'
import { observationsOf } from './packets/observation.ts'
import { HANDSHAKE, observed } from './testing/observed.ts'

const [published] = openCapture(corpusFile('ghost-connection/ghost-connection.tcpdump.txt')).connections as [Connection]
const opened = observed(...HANDSHAKE)

describe('an end under several kernels', () => {
  it('each kernel has an answer, in the order of asking', () => {
    const kernels = ['linux-6.18', 'linux-3.10', 'rfc9293'] as const
    expect(replayClients(opened, kernels, {}).map(({ kernel }) => kernel)).toEqual(kernels)
  })
  it('kernels that answer alike all that was asked share one search', () => {
    const [one, other] = replayClients(opened, ['linux-6.1', 'linux-4.9'], {})
    expect(other!.searched.transitions === one!.searched.transitions).toBe(true)
    expect(other!.kernel).toBe('linux-4.9')
  })
  it('a kernel whose answers differ is searched by itself', () => {
    // Its FIN follows three retransmissions: from 6.1 on an orphan gives up sooner.
    const ends = replayClients(observationsOf(published), ['linux-6.18', 'linux-5.10'], {})
    expect(ends[1]!.searched.transitions === ends[0]!.searched.transitions).toBe(false)
    expect(ends[1]!.surviving.cheapest).toBeLessThan(ends[0]!.surviving.cheapest)
    expect([bestOf(ends).kernel, kernelsThatFit(ends)]).toEqual(['linux-5.10', ['linux-5.10']])
  })
})

describe('the best of several', () => {
  type End = Parameters<typeof bestOf>[0][number]
  const end = (kernel: string, cheapest: number, more: { failedAt?: number; contradicted?: string } = {}): End => {
    const { failedAt, contradicted } = more
    const searched = failedAt === undefined ? {} : { failedAt }
    return { kernel, searched, surviving: { cheapest }, ...(contradicted && { contradicted }) } as never as End
  }
  const best = (...ends: End[]) => bestOf(ends).kernel
  it('the one that explains all, else the one that explains most', () => {
    expect(best(end('a', 0, { failedAt: 4 }), end('b', 3))).toBe('b')
    expect(best(end('a', 0, { failedAt: 4 }), end('b', 0, { failedAt: 5 }))).toBe('b')
  })
  it('of those that explain all the one that invents least; the first asked of equals', () => {
    expect(best(end('a', 2), end('b', 1), end('c', 1))).toBe('b')
  })
  it('one that agrees with what else is known, though it invents more', () => {
    expect(best(end('a', 0, { contradicted: 'a line' }), end('b', 5))).toBe('b')
    expect(best(end('a', 0, { contradicted: 'a line' }), end('b', 5, { failedAt: 9 }))).toBe('a')
  })
  it('fit: those with at most one invention more', () => {
    expect(kernelsThatFit([end('a', 2), end('b', 1), end('c', 3), end('d', 0, { failedAt: 1 })])).toEqual(['a', 'b'])
    expect(kernelsThatFit([end('a', 0, { contradicted: 'a line' }), end('b', 5)])).toEqual(['b'])
    expect(kernelsThatFit([end('a', 0, { failedAt: 1 })])).toEqual([])
  })
})

describe('what is known of an end beside its packets', () => {
  const again = ['< S. 499 ack=100', '> . 100 ack=500']
  const dropped = observed(...HANDSHAKE, ...again, ...again, ...again)
  const cost = (options: EndOptions): number => replayServers(dropped, ['linux-6.18'], options)[0]!.surviving.cheapest
  it('no segment met a full accept queue: the ACKs were lost', () => {
    expect(cost({})).toBe(1)
    expect(cost({ neverFull: true })).toBeGreaterThan(1)
  })
  it('its settings: with tcp_abort_on_overflow it resets', () => {
    const reset = observed(...HANDSHAKE, '< R. 500 ack=100')
    const cheapest = (abort: 0 | 1): number =>
      replayServers(reset, ['linux-6.18'], { sysctls: { tcp_abort_on_overflow: abort } })[0]!.surviving.cheapest
    expect(cheapest(1)).toBeLessThanOrEqual(cheapest(0))
  })
})

it('a FIN that is repeated more often than any kernel has patience for: no kernel fits', () => {
  const copies = Array.from({ length: 20 }, () => '> F. 100 ack=500')
  const ends = replayClients(observed(...HANDSHAKE, ...copies), ['linux-6.18', 'rfc9293'], {})
  expect(kernelsThatFit(ends)).toEqual([])
})

it('the server alone, of packets that another history would have had', () => {
  const { surviving, searched } = replayServer(observed('> S 99', '< S. 499 ack=100'), 'linux-6.18')
  expect([searched.failedAt, surviving.cheapest]).toEqual([undefined, 0])
})
