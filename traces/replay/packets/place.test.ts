import { expect, it } from 'vitest'
import { connectionOf, SERVER } from '../testing/observed.ts'
import { placeOf } from './place.ts'

const atServer = connectionOf('> S 99 @0', '< S. 499 ack=100 @0.001', '> . 100 ack=500 @0.2')
const atClient = connectionOf('> S 99 @0', '< S. 499 ack=100 @0.2', '> . 100 ack=500 @0.201')
const elsewhere = { ...atClient, server: { ...SERVER, address: '192.0.2.9' } }

it('the end of a capture is its last packet, of whichever connection', () => {
  expect(placeOf({ connections: [atServer, connectionOf('> S 99 @7'), atClient] }).until).toBe(7)
})
it('the tap is where the handshakes with that server say', () => {
  const place = placeOf({ connections: [atServer] })
  expect([place.tapAt(SERVER.address), place.tapAt('192.0.2.9')]).toEqual(['server', 'unknown'])
})
it('another server may be elsewhere', () => {
  const packets = elsewhere.packets.map((p) => ({
    ...p,
    source: p.source === SERVER ? elsewhere.server : p.source,
    destination: p.destination === SERVER ? elsewhere.server : p.destination,
  }))
  const place = placeOf({ connections: [atServer, { ...elsewhere, packets }] })
  expect([place.tapAt(SERVER.address), place.tapAt('192.0.2.9')]).toEqual(['server', 'client'])
})
it('of many handshakes with a server the first are looked at', () => {
  const later = Array.from({ length: 99 }, () => atServer)
  const first = Array.from({ length: 64 }, () => atClient)
  expect(placeOf({ connections: [...first, ...later] }).tapAt(SERVER.address)).toBe('client')
  expect(placeOf({ connections: [...later, ...first] }).tapAt(SERVER.address)).toBe('server')
})
it('what is told is not asked of the handshakes', () => {
  expect(placeOf({ connections: [atServer] }, 'client').tapAt(SERVER.address)).toBe('client')
})
