/** LISTEN: RFC 9293 §3.10.7.2 · linux: tcp_rcv_state_process, tcp_conn_request; each row as measured on Linux 6.18. */
import { describe, expect, test } from 'vitest'
import { add } from '../sequence.ts'
import { filled, heard, hears, listening, requested, tells } from '../testing/host.ts'
import { IRS, ISS, ours, peer } from '../testing/segments.ts'

describe('LISTEN', () => {
  test.each(['R', 'R.', 'SF', 'F', ''] as const)('[%s]: dropped', (flags) => {
    const h = hears(listening(), peer(flags, { ack: 77 }))
    expect(heard(h)).toEqual(tells('nothing'))
    expect(h.host).toEqual(listening())
  })

  test.each(['.', 'S.', 'F.', 'SF.'] as const)('[%s]: reset', (flags) => {
    expect(heard(hears(listening(), peer(flags, { ack: 77, len: 1 })))).toEqual(
      tells('nothing', [ours('R', { seq: 77 })], ['OutRsts']),
    )
  })

  test('SYN: a request, and a SYN+ACK', () => {
    const h = hears(listening(), peer('S', { seq: IRS }))
    expect(heard(h)).toEqual(tells('request', [ours('S.', { seq: ISS })]))
    expect(h.host.listener).toEqual({ backlog: 1, acceptQueue: 0, requests: 1, young: 1 })
    expect(h.host.server).toEqual({
      object: { kind: 'request', irs: IRS, iss: ISS, rcvNxt: add(IRS, 1), timer: { left: 1, n: 0 }, acked: false },
      dead: [],
      made: 1,
    })
  })

  test('SYN with text: the text is not kept, and not acknowledged', () => {
    expect(hears(listening(), peer('S', { seq: IRS, len: 3 }))).toEqual(hears(listening(), peer('S', { seq: IRS })))
  })

  test('SYN while the accept queue is full: dropped and counted', () => {
    const h = hears(filled(listening()), peer('S', { seq: IRS }))
    expect(heard(h)).toEqual(tells('nothing', [], ['ListenOverflows', 'ListenDrops']))
    expect(h.host).toEqual(filled(listening()))
  })

  test('SYN while the SYN queue is full: dropped and counted', () => {
    const h = hears(listening({ backlog: 1, requests: 2 }), peer('S', { seq: IRS }))
    expect(heard(h)).toEqual(tells('nothing', [], ['TCPReqQFullDrop', 'ListenDrops']))
  })

  test('SYN with an incarnation: the request remembers it', () => {
    const { object } = hears(listening(), { ...peer('S', { seq: IRS }), of: 2 }).host.server
    expect(object).toMatchObject({ kind: 'request', of: 2 })
    expect(requested().server.object).not.toHaveProperty('of')
  })
})
