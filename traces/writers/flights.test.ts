/** Which segment arrived, where several look alike, and what of it a picture shows. */
import { describe, expect, test } from 'vitest'
import { type Event, events, modelOf, notation, type Setting, type World } from '../../model/index.ts'
import { scenarioNamed, scenarios, settingOf } from '../../properties/index.ts'
import { arrowsOf, drawArrow } from './arrows.ts'
import { flightsOf } from './flights.ts'
import { lateEnd, lateFlights, lateOrigin, markOf } from './late.ts'
import { mermaid } from './mermaid.ts'
import { print, sequenceSvg } from './sequence-svg.ts'
import { type Trace, traceOf } from './trace.ts'

/** Each move is a rule, and the end of the note where several can happen by it: `deliver to server|ahead of 1`. */
const run = (setting: Setting, moves: readonly string[]): Trace => {
  const model = modelOf(setting)
  let world = model.initial[0] as World
  const taken: Event[] = []
  for (const move of moves) {
    const [rule, ending = ''] = move.split('|')
    const possible = events(model, world).filter((s) => s.event.rule === rule)
    const step =
      possible.find(({ note }) => (ending === '' ? !/, (ahead|and once)/.test(note) : note.endsWith(ending))) ??
      expect.fail(`${move}: ${possible.map(({ note }) => note).join('; ')}`)
    taken.push(step.event)
    world = step.world
  }
  return traceOf(model, { initial: 0, events: taken })
}

const FIRST = [
  'client connect',
  'deliver to server',
  'deliver to client', // 3: sends [.] ack 501, which is slow
  'client close',
  'deliver to server|ahead of 1',
  'accept',
  'server close',
  'deliver to client|ahead of 1', // 8: TIME_WAIT, of no length here
  'deliver to server|ahead of 1',
]
const SECOND = [
  'client connect', // 10
  'deliver to server|ahead of 1',
  'deliver to client|ahead of 1', // 12: sends an equal [.] ack 501
]
const setting = settingOf(scenarioNamed('old-duplicates')!, { timeWait: 0 })

const equal = (trace: Trace) =>
  flightsOf(trace)
    .filter(({ from, text }) => from === 'client' && text === '[.] ack 501')
    .map(({ sent, ended, fate, of }) => ({ sent, ended, fate, of }))

test('of equal segments of two incarnations, the one arrives that left the channel', () => {
  expect(equal(run(setting, [...FIRST, ...SECOND, 'deliver to server|ahead of 1']))).toEqual([
    { sent: 3, ended: undefined, fate: 'in flight', of: 1 },
    { sent: 12, ended: 13, fate: 'arrives', of: 2 },
  ])
  expect(equal(run(setting, [...FIRST, ...SECOND, 'deliver to server']))).toEqual([
    { sent: 3, ended: 13, fate: 'arrives', of: 1 },
    { sent: 12, ended: undefined, fate: 'in flight', of: 2 },
  ])
})

test('of equal segments without a history, their ages tell', () => {
  const moves = [...FIRST, 'tick', ...SECOND]
  const plain = { ...setting, history: false }
  expect(equal(run(plain, [...moves, 'deliver to server|ahead of 1']))).toMatchObject([
    { sent: 3, fate: 'in flight' },
    { sent: 13, ended: 14, fate: 'arrives' },
  ])
})

test('of equal segments the older dies first', () => {
  const moves = [...FIRST, 'tick', ...SECOND, 'tick']
  expect(equal(run(setting, moves))).toMatchObject([
    { sent: 3, ended: 14, fate: 'dies', of: 1 },
    { sent: 13, fate: 'in flight', of: 2 },
  ])
})

test('of equal segments, the one is lost that left the channel', () => {
  const lossy = { ...setting, wire: { ...setting.wire, loss: 1 } }
  const model = modelOf(lossy)
  const before = run(lossy, [...FIRST, ...SECOND])
  const world = before.steps.at(-1)!.world
  const fates = events(model, world)
    .filter(({ event }) => event.rule === 'lose from client')
    .map(({ event }) => {
      const path = { initial: 0, events: [...before.steps.map((s) => s.event), event] }
      return equal(traceOf(model, path)).map(({ fate }) => fate)
    })
  expect(fates).toEqual([
    ['is lost', 'in flight'],
    ['in flight', 'is lost'],
  ])
})

test('a segment that a stranger forged is followed until it arrives', () => {
  const forging = settingOf(scenarioNamed('strange-segments')!)
  const trace = run(forging, ['client connect', 'deliver to server', 'forge', 'deliver to server'])
  expect(flightsOf(trace).find(({ sent }) => sent === 3)).toMatchObject({
    sent: 3,
    ended: 4,
    fate: 'arrives',
    text: expect.stringMatching(/ forged$/),
  })
})

test('one that is delivered twice is drawn twice, the second time as late', () => {
  const twice = settingOf(scenarioNamed('time-wait')!)
  const trace = run(twice, ['client connect', 'deliver to server|once more later', 'deliver to server'])
  const syns = flightsOf(trace).filter(({ text }) => text === '[S] seq 100')
  expect(syns.map(({ sent, ended, copied }) => [sent, ended, copied])).toEqual([
    [1, 2, undefined],
    [1, 3, 2],
  ])
  const [late] = lateFlights(trace, flightsOf(trace))
  expect(lateOrigin(late!)).toBe('sent in step 1, a second time after step 2')
  expect(lateEnd(late!)).toBe('arrives again in step 3')
})

/** The acknowledgment of the first incarnation comes to the second. */
const slow = run(setting, [...FIRST, ...SECOND, 'deliver to server'])

test('a late segment: where it was sent, by which incarnation, what overtook it, what it meets', () => {
  const late = lateFlights(slow, flightsOf(slow)).find(({ flight }) => flight.text === '[.] ack 501')!
  expect(late).toMatchObject({ of: 1, meets: 2, ended: 13, overtakenBy: [4, 8, 10] })
  expect(lateOrigin(late)).toBe(
    'sent in step 3 by incarnation 1, overtaken by what steps 4, 8, 10 sent, old: the client has begun incarnation 2',
  )
})

test('both ends of its way bear one mark, and are open towards each other', () => {
  const [sent, come] = [arrowsOf(slow)[2]!, arrowsOf(slow)[12]!].map((arrows) =>
    arrows.filter(({ late }) => late).map((arrow) => drawArrow(arrow, 26)),
  )
  expect(sent).toEqual(['╌╌ ① [.] ack 501 …'])
  expect(come).toEqual([' … ① [.] ack 501 ────────▶'])
})

test('SVG: a line from the row where it was sent to the row where it arrives, with its incarnation', () => {
  const svg = sequenceSvg(slow)
  const lines = [
    ...svg.matchAll(/<line x1="(\d+)" y1="(\d+)" x2="(\d+)" y2="(\d+)" stroke="(#\w+)" stroke-width="1.5"\/>/g),
  ]
  const old = lines.filter(([, , , , , stroke]) => stroke === print.old).map((m) => m.slice(1, 5).map(Number))
  const [row, top] = [34, 58]
  expect(old).toContainEqual([138, top + 3 * row, 310, top + 13 * row])
  expect(svg).toContain('>[.] ack 501 · incarnation 1</text>')
})

test('Mermaid: a numbered arrow where it leaves, and one where it comes', () => {
  const lines = mermaid(slow).split('\n')
  const mark = lateFlights(slow, flightsOf(slow)).find(({ flight }) => flight.text === '[.] ack 501')!.mark
  expect(lines).toContain(`  C1--)S1: ${mark} [.] ack 501 (arrives in step 13)`)
  expect(lines).toContain(
    `  C1->>S1: ${mark} [.] ack 501 (sent in step 3 by incarnation 1, overtaken by what steps 4, 8, 10 sent, old: the client has begun incarnation 2)`,
  )
})

test('marks go on after twenty', () => expect([1, 20, 21].map(markOf)).toEqual(['①', '⑳', '(21)']))

test('nothing is late in a run in which everything comes in its turn', () => {
  const trace = run(settingOf(scenarioNamed('handshake')!), [
    'client connect',
    'deliver to server',
    'deliver to client',
  ])
  expect(lateFlights(trace, flightsOf(trace))).toEqual([])
  expect(mermaid(trace)).not.toContain('--)')
})

describe('what is in flight is what the channels hold, entry by entry', () => {
  test.each(scenarios.map(({ name }) => name))('%s', (name) => {
    const model = modelOf(settingOf(scenarioNamed(name)!))
    for (let seed = 1; seed <= 3; seed++) {
      let world = model.initial[0] as World
      const taken: Event[] = []
      for (let i = 1; i <= 40; i++) {
        const possible = events(model, world)
        const step = possible[((seed * 7919 * i) % 997) % possible.length]
        if (step === undefined) break
        taken.push(step.event)
        world = step.world
      }
      const trace = traceOf(model, { initial: 0, events: taken })
      const open = flightsOf(trace).filter(({ fate }) => fate === 'in flight')
      world.groups.forEach(({ up, down }, i) => {
        for (const [from, channel] of [
          ['client', up],
          ['server', down],
        ] as const) {
          const texts = open
            .filter((f) => f.connection === i + 1 && f.from === from)
            .map((f) => `${f.text.replace(' forged', '')} ${f.of}`)
          expect(texts.sort()).toEqual(channel.map(({ segment }) => `${notation(segment)} ${segment.of}`).sort())
        }
      })
    }
  })
})
