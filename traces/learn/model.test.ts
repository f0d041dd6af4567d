/** The model's TCP as it is learnt: by exploration, and by questions. */
import { describe, expect, test } from 'vitest'
import { alphabets } from './alphabet.ts'
import { explored } from './explored.ts'
import { learn } from './learn.ts'
import { partings, walk } from './mealy.ts'
import { ModelHost } from './model-host.ts'
import { TcpTeacher } from './tcp-teacher.ts'

const { study, wide } = alphabets
const teacher = (profile: 'linux-6.18' | 'linux-3.10') => new TcpTeacher(new ModelHost(profile), study)
const o = { calls: study.calls, words: 0, seed: 1 }

describe('words that are known', () => {
  test.each([
    [
      'LISTEN SYN ACK ACCEPT DATA RCV CLOSECONNECTION ACK FIN+ACK',
      '- SYN+ACK(FRESH,NEXT) - - ACK(CURRENT,NEXT) - FIN+ACK(CURRENT,CURRENT) - ACK(CURRENT,NEXT)',
    ],
    ['LISTEN SYN DATA ACCEPT CLOSECONNECTION', '- SYN+ACK(FRESH,NEXT) ACK(CURRENT,NEXT) - RST+ACK(CURRENT,CURRENT)'],
    ['LISTEN SYN ACK CLOSE ACK', '- SYN+ACK(FRESH,NEXT) - RST+ACK(CURRENT,CURRENT) RST(CURRENT)'],
    ['LISTEN SYN SYN', '- SYN+ACK(FRESH,NEXT) RST+ACK(ZERO,NEXT)'],
    ['LISTEN SYN ACK RST SYN ACK RST SYN', '- SYN+ACK(FRESH,NEXT) - - SYN+ACK(FRESH,NEXT) - - -'],
    ['SYN LISTEN CLOSE LISTEN SYN', 'RST+ACK(ZERO,NEXT) - - - RST+ACK(ZERO,NEXT)'],
  ])('%s', (word, answer) => {
    expect(teacher('linux-6.18').ask(word.split(' ')).join(' ')).toBe(answer)
  })
})

test('exploration and questions with it as their guide give the same machine', () => {
  const guide = explored('linux-6.18', study)!
  const { machine, repeated } = learn(teacher('linux-6.18'), { ...o, guides: [guide] })
  expect([...partings(machine, guide.machine)]).toEqual([])
  expect(machine.states).toHaveLength(guide.machine.states.length)
  expect([machine.states.length, repeated]).toEqual([44, 0])
})

test('pairs of calls and random words alone miss states, which the guide finds', () => {
  const { machine } = learn(teacher('linux-6.18'), { ...o, calls: ['CLOSE'], words: 50 })
  expect(machine.states.length).toBeLessThan(44)
})

test('with the machine of another kernel as its guide the same is learnt', () => {
  const { machine } = learn(teacher('linux-6.18'), { ...o, guides: [explored('linux-3.10', study)!] })
  expect([...partings(machine, explored('linux-6.18', study)!.machine)]).toEqual([])
})

test('two profiles part where they should: a SYN in a synchronized state has no answer in 3.10', () => {
  const found = [...partings(explored('linux-6.18', study)!.machine, explored('linux-3.10', study)!.machine)]
  expect(found).toContainEqual({ word: ['LISTEN', 'SYN', 'ACK', 'SYN'], outputs: ['ACK(CURRENT,CURRENT)', '-'] })
  for (const { word, outputs } of found)
    expect([teacher('linux-6.18'), teacher('linux-3.10')].map((t) => t.ask(word).at(-1))).toEqual(outputs)
})

test('each suffix tells a state from another, and none has an input that does not matter', () => {
  const { machine, suffixes } = explored('linux-6.18', study)!
  const tells = (suffix: readonly string[]) =>
    new Set(machine.states.map((_, s) => String(walk(machine, suffix, s).outputs))).size > 1
  for (const suffix of suffixes.flat()) expect(tells(suffix)).toBe(true)
  expect(Math.max(...suffixes.flat().map((s) => s.length))).toBeLessThan(8)
})

describe('words of the wide alphabet', () => {
  const CLOSED = 'LISTEN SYN ACK ACCEPT CLOSECONNECTION CLOSE FIN+ACK'

  test.each([
    ['LISTEN SYN ACK RST-IN-WINDOW', 'ACK(CURRENT,CURRENT)'],
    ['LISTEN SYN ACK OLD-DATA', 'ACK(CURRENT,CURRENT)'],
    ['LISTEN SYN ACK DATA-BEYOND-WINDOW', 'ACK(CURRENT,CURRENT)'],
    ['LISTEN SYN ACK ACCEPT SHUTDOWN', 'FIN+ACK(CURRENT,CURRENT)'],
    ['LISTEN SYN ACK ACCEPT ABORT', 'RST+ACK(CURRENT,CURRENT)'],
    [`${CLOSED} NEW-SYN`, 'ACK(CURRENT,CURRENT)'],
    [`${CLOSED.replace(' CLOSE ', ' ')} NEW-SYN`, 'SYN+ACK(FRESH,OTHER)'],
  ])('%s: %s', (word, last) => {
    expect(new TcpTeacher(new ModelHost('linux-6.18'), wide).ask(word.split(' ')).at(-1)).toBe(last)
  })
})

test('queues without a limit have no end of states', () => {
  expect(explored('rfc9293', study)).toBeUndefined()
})
