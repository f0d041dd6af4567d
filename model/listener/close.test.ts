/** close() of the listener. linux: inet_csk_listen_stop, inet_child_forget */
import { describe, expect, test } from 'vitest'
import { accepts, type Host, hears, listening, promoted, requested } from '../testing/host.ts'
import { ours, peer } from '../testing/segments.ts'
import { closeListener } from './close.ts'

const closes = (host: Host) => closeListener(host.server)

describe('close() of the listener', () => {
  test('resets a child that nobody has accepted, and counts no abort', () => {
    const r = closes(promoted())
    expect([r.to.object.kind, r.send, r.count]).toEqual(['none', [ours('R.')], ['OutRsts', 'EstabResets']])
  })

  test('buries a dead one in silence', () => {
    const r = closes(hears(promoted(), peer('R')).host)
    expect([r.to.dead, r.send, r.count]).toEqual([[], [], []])
  })

  test('leaves requests and what was accepted', () => {
    const host = requested(listening())
    expect(closes(host)).toMatchObject({ to: host.server, send: [] })
    const accepted = accepts(promoted())
    expect(closes(accepted)).toMatchObject({ to: accepted.server, send: [] })
  })
})
