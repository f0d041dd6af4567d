/** What is said of captures that do not show everything. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { halfopen, json } from '../testing/halfopen.ts'

const partial = (name: string): string => join('traces', 'corpus', 'partial', name)
const plain = (text: string): string => text.replace(/\s+/g, ' ')

describe('captures that do not show everything', () => {
  test('one that begins in the middle conforms, and says what it supposes', async () => {
    const { code, out } = await halfopen(`replay ${partial('late-start-client.pcap')} --kernel linux-6.18`)
    expect(code).toBe(0)
    expect(plain(out)).toContain(
      'supposed: the capture begins in the middle of the connection: its first packet, 1, is no SYN; which end is the client is a guess, by its port',
    )
    expect(out).toMatch(/ 1 +0\.000 s +ESTABLISHED.*── \[P?\.?.*▶ +ESTABLISHED/)
    const explained = await halfopen(`replay ${partial('late-start-client.pcap')} --kernel linux-6.18 --explain`)
    expect(explained.out.match(/begins in the middle/g)).toHaveLength(1)
  })

  test('--json has it among what is supposed and what is invented', async () => {
    const document = await json(`replay ${partial('late-start-server.pcap')} --kernel linux-6.18 --json`)
    const [connection] = document.connections
    expect(connection.supposes).toEqual([expect.stringMatching(/^the capture begins in the middle/)])
    expect(connection.invents[0]).toBe(connection.supposes[0])
    expect(connection.timeline.map((b: { packet: number }) => b.packet)).toEqual(
      Array.from({ length: connection.packets }, (_, i) => i + 1),
    )
  })

  test('one direction: inconclusive, with the states of the end that is shown', async () => {
    const { code, out } = await halfopen(`replay ${partial('one-way.pcap')} --kernel linux-6.18`)
    expect(code).toBe(3)
    expect(plain(out)).toContain('the capture shows nothing that the server sent, though packet 2 acknowledges it')
    expect(out).toMatch(/ 1 +0\.000 s +SYN_SENT .*▶ +unknown\n/)
    expect(out).toMatch(/ 2 .* ESTABLISHED /)
    expect(out).toMatch(/TIME_WAIT/)
  })

  test('packets that the capture dropped, and both ends testify to, are supposed: with the packets that prove each', async () => {
    const { code, out } = await halfopen(`replay ${partial('dropped.pcapng.gz')} --stream 0 --kernel linux-6.18`)
    expect(code).toBe(0)
    expect(plain(out)).toContain('note: the capture itself dropped 68 packets')
    expect(plain(out)).toContain(
      '700 bytes of the server before packet 56 (packet 56 acknowledges them, and the server goes on after that with packet 58)',
    )
  })

  test('a RST that somebody sent in the name of an end is suspected', async () => {
    const { code, out } = await halfopen(`replay ${partial('injected-reset.pcap')} --kernel linux-6.18`)
    expect(code).toBe(3)
    expect(plain(out)).toContain(
      'packet 12 is suspected to be forged: the server goes on with packet 13 as if it had never sent this RST; without it the capture conforms',
    )
  })

  test('segments that are cut on the way passed both taps', async () => {
    const [client, server] = [partial('cut-on-the-way-client.pcap'), partial('cut-on-the-way-server.pcap')]
    const { code, out } = await halfopen(`replay ${client} --with ${server} --kernel linux-6.18`)
    expect(code).toBe(0)
    expect(plain(out)).toContain('33 packets passed both taps')
    expect(out).not.toContain('only here')
  })
})

describe('a capture that fits too many histories', () => {
  const hopeless = join('traces', 'corpus', 'slow', '117-packets.pcap')

  test.each([
    ['--memory 64K', 'the memory given was used up (--memory gives more)'],
    ['--time 0.001', 'the time given was over (--time gives more)'],
  ])('%s: inconclusive, with what bounds it', async (bound, words) => {
    const { code, out, err } = await halfopen(`replay ${hopeless} ${bound}`)
    expect([code, err.includes('E_')]).toEqual([3, false])
    expect(plain(out)).toContain(`too many histories fit to follow them all; ${words}`)
  })
  test.each([
    ['--time soon', '--time', 'is not a duration'],
    ['--memory big', '--memory', 'is no size'],
  ])('%s is an error', async (bound, place, cause) => {
    const { code, err } = await halfopen(`replay ${hopeless} ${bound}`)
    expect(code).toBe(2)
    expect(err).toContain(place)
    expect(err).toContain(cause)
  })
})
