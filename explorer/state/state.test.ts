/** What an address holds, and what becomes of one that no longer fits. */
import { describe, expect, test } from 'vitest'
import { type Event, events } from '../../model/index.ts'
import { inFlight } from './in-flight.ts'
import { pack, unpack } from './pack.ts'
import { sideBySide } from './parting.ts'
import { readPredicate } from './predicate.ts'
import { benchOf, choicesAt, take, worldAfter } from './run.ts'
import { acceptQueueOf, synQueueOf } from './slots.ts'
import { type Address, addressText, readAddress, readEvent } from './spec.ts'

const fallback = { scenario: 'ghost-connection', overrides: {} }
const path = (text: string): Event[] => text.split('~').map((t) => readEvent(t)!)
const GHOST = path(
  '1.client connect~2.rival connect~1.deliver to server~2.deliver to server~1.deliver to client~2.deliver to client~1.deliver to server~2.deliver to server',
)
const bench = benchOf(fallback)

describe('address', () => {
  const address: Address = {
    view: 'graph',
    world: {
      scenario: 'close',
      overrides: { kernel: 'linux-4.4', backlog: 3, loss: 2, plain: true, sysctls: { tcp_abort_on_overflow: 1 } },
    },
    beside: { kernel: 'linux-6.18', sysctls: { tcp_syncookies: 1 } },
    path: GHOST,
    at: 3,
    more: { fold: 'client.state,server.state' },
  }

  test('is read back as it was written', () =>
    expect(readAddress(addressText(address), fallback)).toEqual({ address, unknown: [] }))

  test('a long path is packed, and read back', () => {
    const long = { ...address, path: Array.from({ length: 40 }, () => GHOST).flat(), at: 320 }
    const text = addressText(long)
    expect(text.length).toBeLessThan(500)
    expect(readAddress(text, fallback).address).toEqual(long)
  })

  test('what this version does not know is named, and the rest is shown', () => {
    const { address: read, unknown } = readAddress(
      '#/sky?w=ghost-connection&kernel=linux-9.9&set=tcp_magic=1,tcp_syncookies=1&backlog=2&clients=99',
      fallback,
    )
    expect(unknown.map(({ what, value }) => `${what} ${value}`)).toEqual([
      'view sky',
      'kernel linux-9.9',
      'setting tcp_magic=1',
      'setting clients=99',
    ])
    expect(read.world).toEqual({
      scenario: 'ghost-connection',
      overrides: { sysctls: { tcp_syncookies: 1 }, backlog: 2 },
    })
  })

  test('a packed address that was cut: said, and the beginning is shown', () => {
    expect(readAddress('#/bench?z=abc', fallback).unknown).toEqual([{ what: 'address', value: 'abc' }])
  })

  test('a packed text that would fill the memory is refused', () => {
    expect(unpack(pack('a'.repeat(2 ** 20)))).toBeUndefined()
  })
})

describe('run', () => {
  test('a path that fits is taken whole', () => expect(take(bench, GHOST)).toMatchObject({ steps: { length: 8 } }))

  test('a step that is not possible: the place is told, the steps before it are there', () => {
    const { steps, misfit } = take(bench, [...GHOST.slice(0, 3), readEvent('1.server send')!, ...GHOST.slice(3)])
    expect([steps.length, misfit]).toEqual([3, 3])
  })

  test('before it is taken, a step says what it leads to', () => {
    const { steps } = take(bench, GHOST.slice(0, 7))
    const last = choicesAt(bench, steps, 7).find(
      ({ step }) => step.event.rule === 'deliver to server' && step.event.group === 1,
    )
    expect(last).toMatchObject({ leads: 'new', reaches: ['GHOST'], violates: [] })
  })

  test('a step that violates a property says so before it is taken', () => {
    const short = benchOf({ scenario: 'old-duplicates', overrides: { timeWait: 1 } })
    const before = path(
      '1.client connect~1.deliver to server~1.deliver to client~1.client close~1.deliver to server:1~accept~1.server close~1.deliver to client:1~tick~1.deliver to server:1~1.deliver to server~tick~1.client timer~1.client connect~1.deliver to server~1.deliver to client:1',
    )
    const { steps, misfit } = take(short, before)
    expect(misfit).toBeUndefined()
    expect(choicesAt(short, steps, steps.length).flatMap(({ violates }) => violates)).toContain('W7')
  })
})

test('queues as slots: backlog 1 has two places, one of others and connection 1 in them', () => {
  const world = worldAfter(bench, take(bench, GHOST).steps)
  expect(acceptQueueOf(world, bench.setting)).toMatchObject({
    used: 2,
    room: 2,
    slots: [{ holds: 'other' }, { holds: 1 }],
  })
  expect(synQueueOf(world, bench.setting)).toMatchObject({ used: 1, slots: [{ holds: 2 }, { holds: undefined }] })
})

test('every segment in flight can be delivered, lost and delivered twice, by the events of the model', () => {
  const lossy = benchOf({ scenario: 'ghost-connection', overrides: { loss: 1, duplication: 1, reordering: 1 } })
  const { steps } = take(lossy, path('1.client connect~1.deliver to server~1.deliver to client~1.client send'))
  const world = worldAfter(lossy, steps)
  const [ack, text] = inFlight(world, events(lossy.model, world))
  expect(ack).toMatchObject({ to: 'server', overtakes: false, deliver: { choice: 0 }, lose: {}, twice: {} })
  expect(text).toMatchObject({ overtakes: true, deliver: { rule: 'deliver to server' }, lose: {} })
})

test('two settings go side by side until they part', () => {
  const one = take(bench, GHOST)
  const abort = benchOf(fallback, { sysctls: { tcp_abort_on_overflow: 1 } })
  expect(sideBySide(one, abort, GHOST).parting).toEqual({ step: 8, by: 'effects' })
  expect(sideBySide(one, bench, GHOST).parting).toBeUndefined()
})

describe('predicate', () => {
  const world = worldAfter(bench, take(bench, GHOST).steps)
  test.each([
    ['server = SYN_RECV and accept queue > 1', true],
    ['client = ESTABLISHED and server = SYN_RECV', true],
    ['1.server = SYN_RECV', false],
    ['accept queue >= 3 or SYN queue = 1', true],
    ['third ACK != not seen', true],
  ])('%s: %s', (text, expected) => expect(readPredicate(text)!(world)).toBe(expected))
  test.each(['', 'server', '= 3', 'a = '])('"%s" is none', (text) => expect(readPredicate(text)).toBeUndefined())
})
