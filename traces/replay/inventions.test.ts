import { describe, expect, it } from 'vitest'
import { duplicating, inventing, invention, involves, wire } from './inventions.ts'

describe('an invention', () => {
  it('equal parameters: one object', () => {
    expect(invention('closes', { side: 'client' })).toBe(invention('closes', { side: 'client' }))
    expect(invention('closes', { side: 'client' })).not.toBe(invention('closes', { side: 'server' }))
  })
  it('a retransmission that the tap does not see: its cost is a loss', () => {
    const { cost, astray, invents } = inventing('retransmission-lost', { side: 'client', what: 'its SYN' })
    expect({ cost, astray }).toEqual({ cost: 2, astray: 2 })
    expect(invents.words).toBe('the client retransmits its SYN, which is lost before the tap')
  })
  it('a FIN that the congestion window may hold back: no loss', () => {
    expect(inventing('FIN-held-back', { side: 'client' })).not.toHaveProperty('astray')
  })
  it('beside a duplicate: both are involved, costs and losses are sums', () => {
    const lost = invention('SYN+ACK-lost')
    const both = duplicating(lost)
    expect(both).toBe(duplicating(lost))
    expect(both).toMatchObject({ cost: 3, loses: 2, words: `the wire duplicates a segment; ${lost.words}` })
    expect(involves(both, 'SYN+ACK-lost')).toBe(true)
    expect(involves(both, 'duplicated-on-the-way')).toBe(true)
    expect(involves(both, 'closes')).toBe(false)
    expect(involves(undefined, 'closes')).toBe(false)
  })
})

it('a burst that is overtaken costs little more than one segment', () => {
  expect([0, 1, 2, 20].map(wire.overtaken)).toEqual([0, 1, 2, 2])
})
