/** What else may happen while connections are opened: listeners end and return, CPUs race, both ends connect, clients wait. */
import { describe, expect, test } from 'vitest'
import { closed, stateName } from '../socket/socket.ts'
import { stack } from '../testing/stack.ts'
import { enabled, play, setting } from '../testing/world.ts'
import type { ClientBehaviour, Setting } from './setting.ts'
import type { Event, Step } from './world.ts'

const one: ClientBehaviour = { name: 'client', calls: [], writes: 0, connects: 1, again: 'after any end' }
const handshake = ['client connect', 'deliver to server', 'deliver to client', 'deliver to server'] as const
const at = (group: number, ...rules: readonly string[]): Event[] => rules.map((rule) => ({ rule, group, choice: 0 }))
const shown = ({ world }: Step, group = 0): [string, string] => {
  const { client, server } = world.groups[group]!
  const { object } = server
  return [stateName(client.socket), object.kind === 'child' ? stateName(object.socket) : object.kind]
}

describe('a listener that ends', () => {
  const closing: Setting = setting({ clients: [one, one], backlog: 5, listener: { ends: 'close', returns: true } })
  const queued = [...at(0, ...handshake), ...at(1, 'client connect', 'deliver to server')]

  test('close(): the queue is empty at one stroke, and each child is reset before time passes', () => {
    const step = play(closing, ...queued, 'close the listener')
    expect(step.world.shared.listener).toMatchObject({ closed: true, acceptQueue: 0, requests: 0 })
    expect(shown(step)).toEqual(['ESTABLISHED', 'none'])
    expect(enabled(closing, step.world)).toContain('bury')
    expect(enabled(closing, step.world)).not.toContain('tick')
    const buried = play(closing, ...queued, 'close the listener', 'bury')
    expect(buried.effects).toContain('server sent [R.] 101+0 ack 501')
    expect(buried.effects).toContain('server counted EstabResets')
    expect(enabled(closing, buried.world)).toContain('tick')
  })

  test('close(), and another listener: children wait in a queue of their own, requests of before are reset', () => {
    const anew = [...queued, 'close the listener', 'bury', 'listen anew'] as const
    expect(play(closing, ...anew).world.shared.listener).toEqual({ backlog: 5, acceptQueue: 0, requests: 0, young: 0 })
    const late = play(closing, ...anew, ...at(1, 'deliver to client', 'deliver to server'))
    expect([shown(late, 1), late.effects.at(-1)]).toEqual([['ESTABLISHED', 'none'], 'server counted OutRsts'])
  })

  test('shutdown() and listen() again: the request is found, and takes the first place', () => {
    const again: Setting = { ...closing, listener: { ends: 'shutdown', returns: true } }
    const anew = [...queued, 'shutdown the listener', 'bury', 'listen anew'] as const
    expect(play(again, ...anew).world.shared.listener).toMatchObject({ acceptQueue: 0, requests: 1, young: 1 })
    const late = play(again, ...anew, ...at(1, 'deliver to client', 'deliver to server'))
    expect(shown(late, 1)).toEqual(['ESTABLISHED', 'ESTABLISHED'])
    expect(late.world.shared.listener).toMatchObject({ acceptQueue: 1, requests: 0 })
  })

  test('was never there: a SYN is refused', () => {
    const nobody = setting({ clients: [one], listener: { absent: true } })
    const step = play(nobody, 'client connect', 'deliver to server', 'deliver to client')
    expect(step.world.groups[0]!.client.socket).toEqual(closed('refused'))
  })
})

test('linux-3.10: the listener is locked, and the second CPU finds no room', () => {
  const locked = setting({
    clients: [one, one],
    backlog: 1,
    alreadyQueued: 1,
    smp: true,
    serverStack: stack({ profile: 'linux-3.10' }),
  })
  const step = play(locked, ...at(0, ...handshake), ...at(1, ...handshake))
  expect(step.world.shared.listener).toMatchObject({ acceptQueue: 2, requests: 1 })
})

test('two CPUs find the same place, and both take it: one more than backlog + 1', () => {
  const racing = setting({ clients: [one, one], backlog: 1, alreadyQueued: 1, smp: true })
  const checked = [...at(0, ...handshake), ...at(1, ...handshake)]
  expect(play(racing, ...checked).world.shared.listener).toMatchObject({ acceptQueue: 1, requests: 2 })
  expect(enabled(racing, play(racing, ...checked).world)).not.toContain('tick')
  const { listener } = play(racing, ...checked, ...at(0, 'enqueue'), ...at(1, 'enqueue')).world.shared
  expect(listener).toMatchObject({ acceptQueue: 3, requests: 0 })
})

describe('both ends connect', () => {
  test('their SYNs cross: one connection, in no queue', () => {
    const s = setting({ clients: [one], server: { accepts: true, calls: [], writes: 0, connects: 'at any time' } })
    const crossing = ['client connect', 'server connect', 'deliver to client', 'deliver to server'] as const
    const crossed = play(s, ...crossing)
    expect(shown(crossed)).toEqual(['SYN_RECV', 'SYN_RECV'])
    const done = play(s, ...crossing, 'deliver to client', 'deliver to server', 'deliver to server')
    expect([shown(done), done.world.shared.listener.acceptQueue]).toEqual([['ESTABLISHED', 'ESTABLISHED'], 0])
  })

  test('the server answers with an ACK and a SYN: the client overlooks one and answers the other', () => {
    const connects = 'in answer to a SYN' as const
    const s = setting({ clients: [one], server: { accepts: false, calls: [], writes: 0, connects } })
    const split = ['client connect', 'server splits its SYN+ACK', 'deliver to client'] as const
    expect(shown(play(s, ...split))).toEqual(['SYN_SENT', 'SYN_SENT'])
    expect(shown(play(s, ...split, 'deliver to client'))).toEqual(['SYN_RECV', 'SYN_SENT'])
    const done = play(s, ...split, 'deliver to client', 'deliver to server', 'deliver to client')
    expect(shown(done)).toEqual(['ESTABLISHED', 'ESTABLISHED'])
  })
})

test('a flood: its SYN is there when the world begins, and what answers it is lost', () => {
  const s = setting({ clients: [{ ...one, name: 'spoofer', spoofs: true }] })
  const step = play(s, 'deliver to server')
  expect(step.effects).toContain('server sent [S.] 100+0 ack 501')
  expect([step.world.groups[0]!.down, enabled(s, step.world)]).toEqual([[], ['tick']])
})

test('a client that backs off waits after each failure, the second time twice as long', () => {
  const s = setting({
    clients: [{ ...one, connects: 3, backsOff: 2 }],
    listener: { absent: true },
  })
  const refused = ['client connect', 'deliver to server', 'deliver to client'] as const
  const may = (...rules: readonly string[]) => enabled(s, play(s, ...rules).world).includes('client connect')
  expect([may(...refused), may(...refused, 'tick'), may(...refused, 'tick', 'tick')]).toEqual([false, false, true])
  const twice = [...refused, 'tick', 'tick', ...refused]
  expect(play(s, ...twice).world.groups[0]!.client.pause).toBe(4)
})

test('an ICMP error ends connect(), and is paid for', () => {
  const quotes = setting().iss.client
  const s = setting({ clients: [one], wire: { forgery: 1, icmp: [{ says: 'host unreachable', quotes }] } })
  const step = play(s, 'client connect', 'ICMP to client')
  expect(step.world.groups[0]!.client.socket).toEqual(closed('unreachable'))
  expect([step.note, step.world.groups[0]!.wire.forgery]).toEqual(['ICMP host unreachable, quoting seq 500', 0])
})
