/** What setsockopt() on the listening socket changes: TCP_SYNCNT, TCP_DEFER_ACCEPT. */
import { describe, expect, test } from 'vitest'
import type { ListenerOptions } from '../config.ts'
import { filled, type Heard, type Host, heard, hears, listening, requested, rings, tells } from '../testing/host.ts'
import { ISS, ours, peer } from '../testing/segments.ts'
import { stack } from '../testing/stack.ts'
import { deferredRetries } from './request.ts'

const under = (listener: ListenerOptions, tcp_synack_retries = 5) =>
  stack({ listener, sysctls: { tcp_synack_retries } })
const SYN_ACK = ours('S.', { seq: ISS })

/** Each time the timer fires: was the SYN+ACK repeated, or was it silent? Until the request is gone. */
const firings = (host: Host, st: ReturnType<typeof stack>): string[] => {
  const h: Heard = rings(host, st)
  return h.host.server.object.kind === 'none'
    ? ['gone']
    : [h.send.length > 0 ? 'SYN+ACK' : 'silent', ...firings(h.host, st)]
}

describe('TCP_SYNCNT', () => {
  test('takes the place of tcp_synack_retries', () => {
    const st = under({ synCount: 1 }, 3)
    expect(firings(requested(listening(), st), st)).toEqual(['SYN+ACK', 'gone'])
  })
})

describe('TCP_DEFER_ACCEPT', () => {
  const st = under({ deferAccept: 3 })
  const acknowledged = hears(requested(listening(), st), peer('.'), st)

  test.each([
    [1, 1],
    [5, 3],
    [10, 4],
    [20, 5],
  ])('%i s: %i timeouts, as getsockopt() tells', (seconds, retries) => expect(deferredRetries(seconds)).toBe(retries))

  test('a bare third ACK is dropped and counted, full queue or not', () => {
    expect(heard(acknowledged)).toEqual(tells('request', [], ['TCPDeferAcceptDrop']))
    expect(heard(hears(filled(requested(listening(), st)), peer('.'), st))).toEqual(
      tells('request', [], ['TCPDeferAcceptDrop']),
    )
  })

  test('who has acknowledged hears nothing until the last SYN+ACK but those of its normal end', () => {
    expect(firings(acknowledged.host, st)).toEqual(['silent', 'silent', 'SYN+ACK', 'SYN+ACK', 'SYN+ACK', 'gone'])
  })

  test('who has not is repeated to as usual', () => {
    expect(firings(requested(listening(), st), st)).toEqual([...Array(5).fill('SYN+ACK'), 'gone'])
  })

  test('with few retries the request lasts as long as it is deferred', () => {
    const few = under({ deferAccept: 3 }, 1)
    const h = hears(requested(listening(), few), peer('.'), few)
    expect(firings(h.host, few)).toEqual(['silent', 'silent', 'SYN+ACK', 'gone'])
  })

  test.each([
    ['text', peer('.', { len: 3 }), 'ESTABLISHED'],
    ['a FIN', peer('F.'), 'CLOSE_WAIT'],
  ])('%s promotes at once', (_, s, state) => {
    expect(heard(hears(acknowledged.host, s, st)).object).toBe(state)
  })

  test('so does an ACK once the time is over', () => {
    const late = [1, 2, 3].reduce((host) => rings(host, st).host, acknowledged.host)
    expect(rings(acknowledged.host, st).send).toEqual([])
    expect(heard(hears(late, peer('.'), st)).object).toBe('ESTABLISHED')
    expect(SYN_ACK.flags).toBe('S.')
  })
})
