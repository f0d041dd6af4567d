/** What the views print is what the readers of such listings read. */
import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import {
  bookkeeping,
  counterLines,
  counters,
  countersIn,
  events,
  initialWorld,
  linesOf,
  modelOf,
  netstat,
  type SocketLine,
  ss,
  type World,
} from '../../model/index.ts'
import { scenarios, settingOf } from '../../properties/index.ts'
import { readCounters, readSockets, type SocketRow } from '../../traces/index.ts'

/** The world after a walk through a scenario: of what can happen, the n-th, again and again. */
const walk = (name: string, choices: readonly number[]) => {
  const setting = settingOf(scenarios.find((s) => s.name === name)!)
  const model = modelOf(setting)
  const effects: (readonly string[])[] = []
  let world: World = initialWorld(setting)
  for (const choice of choices) {
    const steps = events(model, world)
    if (steps.length === 0) break
    const step = steps[choice % steps.length]!
    world = step.world
    effects.push(step.effects)
  }
  return { world, setting, effects }
}

const walks = fc.record({
  name: fc.constantFrom('handshake', 'ghost-connection', 'abort-on-overflow', 'accept-queue', 'close', 'time-wait'),
  choices: fc.array(fc.nat(1000), { maxLength: 40 }),
  host: fc.constantFrom('server' as const, 'client' as const),
})

/** What both sides say of a socket. */
const asRead = ({ local, remote, line: _, backlog, timer, ...row }: SocketRow) => ({
  ...row,
  local: `${local.address}:${local.port}`,
  remote: `${remote.address}:${remote.port || '*'}`,
  ...(backlog !== undefined && { backlog }),
  ...(timer && timer.kind !== 'off' && { timer }),
})

/** netstat keeps the backlog to itself, and hundredths of seconds are all it tells. */
const ofNetstat = ({ backlog: _, timer, ...line }: SocketLine) => ({
  ...line,
  ...(timer && { timer: { ...asTimer(timer), remaining: Math.floor(timer.milliseconds / 10) * 10 } }),
})
const ofSs = ({ timer, ...line }: SocketLine) => ({ ...line, ...(timer && { timer: asTimer(timer) }) })
const asTimer = ({ kind, milliseconds, retransmissions }: NonNullable<SocketLine['timer']>) => ({
  kind,
  remaining: milliseconds,
  retransmissions,
})

describe('a listing is read back as the sockets it was made of', () => {
  propertyTest.prop([walks], { numRuns: 150 })('netstat -anto', ({ name, choices, host }) => {
    const { world, setting } = walk(name, choices)
    const lines = linesOf(world, setting, host)
    expect(readSockets(netstat(lines).join('\n')).rows.map(asRead)).toEqual(lines.map(ofNetstat))
  })
  propertyTest.prop([walks], { numRuns: 150 })('ss -tano', ({ name, choices, host }) => {
    const { world, setting } = walk(name, choices)
    const lines = linesOf(world, setting, host)
    expect(readSockets(ss(lines).join('\n')).rows.map(asRead)).toEqual(lines.map(ofSs))
  })
  propertyTest.prop([walks], { numRuns: 150 })('counters', ({ name, choices, host }) => {
    const run = walk(name, choices)
    const values = readCounters(counterLines(run, host).join('\n'))
    const risen = countersIn(run.effects.flat(), host)
    const { lacks } = bookkeeping['linux-6.18']
    const kept = (Object.keys(counters) as (keyof typeof counters)[]).filter((name) => !lacks.includes(name))
    for (const counter of kept) expect([counter, values[counter]]).toEqual([counter, risen[counter] ?? 0])
    const sent = run.effects.flat().filter((e) => e.startsWith(`${host} sent`)).length
    expect(values.OutSegs).toBeLessThanOrEqual(sent)
  })
})

test('such walks come to every kind of socket', () => {
  const seen = new Set<string>()
  for (const name of ['ghost-connection', 'close', 'time-wait'])
    for (let seed = 1; seed < 80; seed += 1) {
      const choices = Array.from({ length: 30 }, (_, i) => (seed * 7919 * (i + 1)) % 997)
      const { world, setting } = walk(name, choices)
      for (const host of ['server', 'client'] as const)
        for (const { state } of linesOf(world, setting, host)) seen.add(state)
    }
  expect([...seen].sort()).toEqual(
    expect.arrayContaining(['CLOSE_WAIT', 'ESTABLISHED', 'FIN_WAIT1', 'LISTEN', 'SYN_RECV', 'TIME_WAIT']),
  )
})
