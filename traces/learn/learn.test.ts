/** The learner on machines that are known. */
import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { learn } from './learn.ts'
import { edge, type Mealy, partings, type Word, walk } from './mealy.ts'
import { Contradiction, Remembered, type Teacher } from './teacher.ts'

const INPUTS = ['a', 'b', 'c']

const machineOf = (rows: readonly (readonly (readonly [to: number, output: string])[])[]): Mealy => ({
  inputs: INPUTS,
  states: rows.map((row) => new Map(row.map(([to, output], i) => [INPUTS[i]!, { to, output }]))),
})

/** A state a row, `TO/OUTPUT` for each input. */
const written = (...rows: readonly string[]): Mealy =>
  machineOf(
    rows.map((row) =>
      row.split(' ').map((edge): [number, string] => {
        const [to, output] = edge.split('/')
        return [Number(to), output!]
      }),
    ),
  )

const teacherOf = (m: Mealy): Teacher => ({ inputs: m.inputs, ask: (word) => walk(m, word).outputs })

/** How many states are reached of which no two answer alike: partition refinement (Moore). */
const minimal = (m: Mealy): number => {
  const reached = new Set([0])
  for (const s of reached) for (const i of m.inputs) reached.add(edge(m, s, i).to)
  let classes = new Map([...reached].map((s) => [s, '']))
  for (let n = 0; n < m.states.length; n++) {
    const texts = [...reached].map((s) =>
      m.inputs.map((i) => `${edge(m, s, i).output}/${classes.get(edge(m, s, i).to)}`),
    )
    const names = [...new Set(texts.map(String))]
    classes = new Map([...reached].map((s, at) => [s, `${names.indexOf(String(texts[at]))}`]))
  }
  return new Set(classes.values()).size
}

const machines = fc.integer({ min: 1, max: 12 }).chain((n) =>
  fc
    .array(fc.array(fc.tuple(fc.nat(n - 1), fc.constantFrom('0', '0', '0', '1')), { minLength: 3, maxLength: 3 }), {
      minLength: n,
      maxLength: n,
    })
    .map(machineOf),
)

const o = { words: 0, seed: 1 }

describe('a machine that is its own guide', () => {
  property.prop([machines])('is learnt, with no more states than it needs', (m) => {
    const { machine } = learn(teacherOf(m), { ...o, guides: [{ machine: m, suffixes: m.states.map(() => []) }] })
    expect([...partings(machine, m)]).toEqual([])
    expect(machine.states.length).toBe(minimal(m))
  })
})

/** Random words may miss what a rare word shows: the machines are always the same. */
const SAME = { seed: 20_260_101 }

describe('a machine without a guide', () => {
  property.prop([machines], SAME)('is learnt by random words, as long as there are enough of them', (m) => {
    const learnt = learn(teacherOf(m), { ...o, words: 2_000 })
    expect([...partings(learnt.machine, m)]).toEqual([])
    expect(learnt.machine.states.length).toBe(minimal(m))
  })

  property.prop([machines], SAME)('each of its states has suffixes that no other state answers alike', (m) => {
    const { machine, suffixes } = learn(teacherOf(m), { ...o, words: 500 })
    for (const [x, own] of suffixes.entries())
      for (const y of machine.states.keys())
        if (x !== y)
          expect(own.some((s) => String(walk(machine, s, x).outputs) !== String(walk(machine, s, y).outputs))).toBe(
            true,
          )
  })
})

/** A lock: only `a b c` opens it, and whether it is open is seen by the next `a`. */
const lock = written('1/0 0/0 0/0', '1/0 2/0 0/0', '1/0 0/0 3/0', '3/1 3/0 3/0')

test('pairs that follow each transition find what single inputs do not', () => {
  expect(learn(teacherOf(lock), { ...o, calls: [] }).machine.states).toHaveLength(1)
  expect(learn(teacherOf(written('0/0 1/0 0/0', '0/0 1/0 2/0', '2/1 2/0 2/0')), o).machine.states).toHaveLength(3)
})

/** The lock, but for one edge. */
const other = written('1/0 0/0 0/0', '1/0 2/0 0/0', '1/0 0/0 3/0', '3/1 3/1 3/0')

test('a guide that is almost the same finds it, too, and with fewer questions than random words', () => {
  const guide = learn(teacherOf(other), { ...o, words: 2_000 })
  const guided = learn(teacherOf(lock), { ...o, calls: [], guides: [guide] })
  const byChance = learn(teacherOf(lock), { ...o, calls: [], words: 2_000 })
  expect(guided.machine.states).toHaveLength(4)
  expect([...partings(guided.machine, lock)]).toEqual([])
  expect(guided.queries).toBeLessThan(byChance.queries)
})

test('partings: shortest first, and none where the machines are the same', () => {
  expect([...partings(lock, other)]).toEqual([{ word: ['a', 'b', 'c', 'b'], outputs: ['0', '1'] }])
})

test('the same seed asks the same', () => {
  const asked = (seed: number): string[] => {
    const words: string[] = []
    learn(
      {
        inputs: INPUTS,
        ask: (word) => {
          words.push(word.join(''))
          return walk(lock, word).outputs
        },
      },
      { ...o, words: 50, seed },
    )
    return words
  }
  expect(asked(3)).toEqual(asked(3))
  expect(asked(3)).not.toEqual(asked(4))
})

describe('a teacher that contradicts itself', () => {
  /** Answers `c` to the first `a` for so many times, and otherwise as the lock does. */
  const wavering = (times: number): Teacher => {
    let left = times
    return {
      inputs: INPUTS,
      ask: (word: Word) => {
        const { outputs } = walk(lock, word)
        return word[0] === 'a' && word.length > 1 && left-- > 0 ? ['1', ...outputs.slice(1)] : outputs
      },
    }
  }

  test('up to seven times is asked again', () => {
    const { repeated, machine } = learn(wavering(7), o)
    expect(repeated).toBe(7)
    expect(machine.states.length).toBe(learn(teacherOf(lock), o).machine.states.length)
  })

  test('more often: both answers are reported', () => {
    expect(() => learn(wavering(8), o)).toThrow(Contradiction)
    try {
      learn(wavering(8), o)
    } catch (error) {
      expect(error).toMatchObject({ word: ['a'], answers: [['0'], ['1']] })
    }
  })
})

test('nothing is asked twice, but for what is asked again', () => {
  const teacher = new Remembered(teacherOf(lock))
  teacher.ask(['a', 'b', 'c', 'a'])
  teacher.ask(['a', 'b'])
  expect(teacher.asked).toEqual({ queries: 1, steps: 4, repeated: 0 })
  teacher.askAgain(['a', 'b'])
  expect(teacher.asked.queries).toBe(2)
})

test('a stop ends the tests, and says so', () => {
  let polls = 0
  const learnt = learn(teacherOf(lock), { ...o, words: 2_000, shouldStop: () => ++polls > 3 })
  expect(learnt.stopped).toBe(true)
  expect(learnt.tests).toBe(3)
})
