import { describe, expect, it } from 'vitest'
import type { Connection } from '../capture.ts'
import type { ReplayOptions } from './options.ts'
import { replayConnection } from './replay.ts'
import { isShown, withoutInferred } from './result.ts'
import { connectionOf, HANDSHAKE, observed } from './testing/observed.ts'

const kernels = { client: ['linux-6.18'], server: ['linux-6.18'] } as const
const replayed = (c: Connection, options: ReplayOptions = {}) => replayConnection(c, kernels, options)
const told = (...lines: string[]) => replayed(connectionOf(...lines)).connection

const text = ['> P. 100:10 ack=500 @1', '< . 500 ack=110 @1.1']
const states = ({ timeline }: ReturnType<typeof told>) =>
  timeline().map(({ packet, client, server }) => `${packet} ${client.join('/')} ${server.join('/')}`)

describe('the timeline', () => {
  it('has a row for each packet of the capture', () => {
    expect(states(told(...HANDSHAKE))).toEqual([
      '1 SYN_SENT LISTEN/SYN_RECV',
      '2 ESTABLISHED/SYN_SENT SYN_RECV',
      '3 ESTABLISHED ESTABLISHED/SYN_RECV',
    ])
  })
  it('none for packets that are inferred', () => {
    const middle = told(...text)
    expect(middle.timeline().map(({ packet }) => packet)).toEqual([1, 2])
    expect(states(middle)[0]).toBe('1 ESTABLISHED ESTABLISHED/SYN_RECV')
  })
  it('one for a packet that was received in pieces', () => {
    const long = told(...HANDSHAKE, '> P. 100:4000 ack=500', '< . 500 ack=1560', '< . 500 ack=4100')
    expect(long).toMatchObject({ verdict: 'conforms', packets: 6 })
    expect(long.timeline().map(({ packet }) => packet)).toEqual([1, 2, 3, 4, 5, 6])
  })
  it('goes on behind the packet that nothing explains, which is set aside', () => {
    const diverging = told(...HANDSHAKE, ...text, '< . 500 ack=5000')
    expect(diverging).toMatchObject({ verdict: 'diverges', divergence: { packet: 6 } })
    expect(diverging.timeline().map(({ packet }) => packet)).toEqual([1, 2, 3, 4, 5, 6])
  })
  it('of some packets: the same rows', () => {
    const { beliefs } = replayed(connectionOf(...HANDSHAKE, ...text))
    expect(beliefs((packet) => packet > 3)).toEqual(beliefs().slice(3))
  })
  it('knows nothing of an end that the capture does not show', () => {
    const one = told('> S 99', '> . 100 ack=500')
    expect(states(one)).toEqual(['1 SYN_SENT unknown', '2 ESTABLISHED unknown'])
    expect(one.timeline()[0]!.possible.server).toEqual(['unknown'])
    expect(one.fits.server).toEqual([])
  })
})

describe('what is told beside', () => {
  it('the ends, the number of packets and where they were seen', () => {
    const c = told('> S 99 @0', '< S. 499 ack=100 @0.001', '> . 100 ack=500 @0.2')
    expect(c).toMatchObject({ client: '192.0.2.1:40000', server: '192.0.2.2:502', packets: 3, tap: 'server' })
    expect(replayed(connectionOf(...HANDSHAKE), { tap: 'middle' }).connection.tap).toBe('middle')
  })
  it('what is supposed of the capture is no invention of the ends, but comes before them', () => {
    const middle = told(...text)
    expect(middle.supposes).toEqual([expect.stringContaining('the capture begins in the middle of the connection')])
    expect(middle.invents[0]).toBe(middle.supposes![0])
    expect(told(...HANDSHAKE)).not.toHaveProperty('supposes')
  })
  it('a middle that explains nothing of what fails at once is not supposed', () => {
    const first = told('> P. 100:10 ack=500', '< . 500 ack=3000000')
    expect([first.verdict, first.supposes]).toEqual(['inconclusive', undefined])
  })
  it('packets that were injected, by number', () => {
    const injected = { time: 2, source: 40_000, destination: 502, flags: 'R', seq: 5 as never, len: 0 }
    const { connection } = replayed(connectionOf(...HANDSHAKE, '> R 5 @2'), { forged: [injected] })
    expect(connection).toMatchObject({ verdict: 'conforms', forged: [4] })
  })
  it('a divergence: neither inventions nor alternatives', () => {
    expect(told(...HANDSHAKE, '< . 500 ack=5000')).toMatchObject({ invents: [], alternatives: [] })
  })
})

describe('a connection that cannot be replayed', () => {
  it('says why, and has no timeline', () => {
    const c = told('> S 99:5', '< S. 499 ack=105')
    expect(c).toMatchObject({ verdict: 'inconclusive', reason: expect.stringContaining('TCP Fast Open (RFC 7413)') })
    expect([c.timeline(), c.invents, c.fits]).toEqual([[], [], { client: [], server: [] }])
  })
})

describe('what the packets of the capture alone tell', () => {
  it('nothing of ends that were searched with inferred packets', () => {
    const all = replayed(connectionOf(...text))
    const shown = withoutInferred(all)
    expect(all.observations.some(({ inferred }) => inferred)).toBe(true)
    expect(shown.observations.map(({ packet }) => packet)).toEqual([1, 2])
    expect([shown.client, shown.server, shown.tried, shown.beliefs()]).toEqual([undefined, undefined, undefined, []])
  })
  it('all, where nothing is inferred', () => {
    const all = replayed(connectionOf(...HANDSHAKE))
    expect(withoutInferred(all)).toBe(all)
  })
  it('of a packet in pieces the last one stands for it', () => {
    const [o] = observed('> P. 100:9 ack=500')
    expect([isShown(o!), isShown({ ...o!, offloadFragment: true }), isShown({ ...o!, inferred: true })]).toEqual([
      true,
      false,
      false,
    ])
  })
})
