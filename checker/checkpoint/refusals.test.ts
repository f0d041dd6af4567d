import { fc, test } from '@fast-check/vitest'
import { beforeEach, describe, expect } from 'vitest'
import { check } from '../check.ts'
import { mutex, mutexProperties } from '../examples/mutex.ts'
import { referenceSystem } from '../examples/reference.ts'
import { CheckerFault } from '../faults.ts'
import type { CheckOptions } from '../report.ts'
import type { System } from '../system.ts'
import { MemoryStore } from '../testing/memory-store.ts'
import { fromText, toText } from './kept.ts'
import type { CheckpointNews, CheckpointOptions } from './store.ts'

const system = referenceSystem({ clients: 2, retries: 0, losses: 1 })
const madeFor = { check: 'check two', version: '1' }
let store = new MemoryStore()

const run = (more: Partial<CheckpointOptions> = {}, of: System = system, options: CheckOptions = {}) =>
  check(of, [], { ...options, checkpoint: { store, madeFor, everySeconds: 0, resume: true, ...more } })

const faultOf = (run: () => unknown): Pick<CheckerFault, 'code' | 'message'> => {
  try {
    run()
  } catch (error) {
    if (error instanceof CheckerFault) return { code: error.code, message: error.message }
    throw error
  }
  return { code: 'BAD_STATE', message: 'nothing was refused' }
}

/** A checkpoint from the middle of the search. */
beforeEach(() => {
  store = new MemoryStore()
  run({ resume: false }, system, { maxStates: 5000 })
})

describe('refused, with the place, the cause and what to do', () => {
  test('nothing to resume', () => {
    store = new MemoryStore()
    expect(faultOf(run)).toEqual({
      code: 'NO_CHECKPOINT',
      message: 'There is no checkpoint in memory to go on from; begin without resuming.',
    })
  })

  test('a checkpoint is there, and nobody said that it be resumed', () => {
    const { code, message } = faultOf(() => run({ resume: false }))
    expect(code).toBe('OTHER_CHECKPOINT')
    expect(message).toMatch(
      /a checkpoint of this check in memory already: \d+ states, depth \d+; resume it, or delete it\.$/,
    )
  })

  test.each<[string, () => unknown, string]>([
    ['another command', () => run({ madeFor: { check: 'check three', version: '1' } }), 'made by "check two"'],
    ['another version', () => run({ madeFor: { check: 'check two', version: '2' } }), 'version 1, this is 2'],
    ['another system', () => run({}, mutex), 'other rules, parts or initial worlds'],
    [
      'other properties',
      () =>
        check(
          system,
          mutexProperties.slice(0, 0).concat({ id: 'p', kind: 'invariant', reads: { shared: [] }, then: () => true }),
          { checkpoint: { store, madeFor, resume: true } },
        ),
      'other properties',
    ],
    [
      'rules of the same names that do something else',
      () => run({}, { ...referenceSystem({ clients: 2, retries: 1, losses: 1 }), initial: system.initial }),
      'whose rules did something else',
    ],
    ['another choice of symmetry', () => run({}, system, { symmetry: 'off' }), 'another choice of symmetry'],
  ])('%s', (_, resume, words) => {
    const { code, message } = faultOf(resume)
    expect(code).toBe('OTHER_CHECKPOINT')
    expect(message).toContain('The checkpoint in memory is not of this check: ')
    expect(message).toContain(words)
    expect(message).toContain('give the same scenario and flags')
  })

  test('another format', () => {
    const kept = fromText(store.text!, 'memory')
    store.text = toText({ ...kept, identity: { ...kept.identity, format: 0 } })
    expect(faultOf(run).message).toContain('it has format 0, this version reads 1')
  })

  test.prop([fc.nat(), fc.integer({ min: 1, max: 255 })])('whatever byte of the states was changed', (at, by) => {
    const { bytes } = store
    const open = JSON.parse(store.text!.split('\n')[1]!).open
    const [from, length] = [open.from, open.bytes]
    bytes[from + (at % length)]! ^= by
    expect(faultOf(run)).toMatchObject({ code: 'BAD_CHECKPOINT', message: expect.stringContaining('were changed') })
    bytes[from + (at % length)]! ^= by
  })

  test.prop([fc.nat()])('states cut off', (at) => {
    const { bytes } = store
    store.bytes = bytes.slice(0, at % bytes.length)
    expect(faultOf(run)).toMatchObject({ code: 'BAD_CHECKPOINT', message: expect.stringContaining('states') })
    store.bytes = bytes
  })

  test.prop([fc.nat(), fc.constantFrom('cut', 'changed')])('a text that was cut off or changed', (at, how) => {
    const text = store.text!
    const place = at % (text.length - 1)
    store.text =
      text.slice(0, place) + (how === 'cut' ? '' : `${text[place] === 'x' ? 'y' : 'x'}${text.slice(place + 1)}`)
    const { code, message } = faultOf(run)
    expect(code).toBe('BAD_CHECKPOINT')
    expect(message).toMatch(/^The checkpoint in memory cannot be read: .*; delete it and begin anew\.$/)
    store.text = text
  })
})

describe('a store that cannot be written', () => {
  const full = () => {
    throw new Error('no space left')
  }

  test('at the beginning: the check does not begin', () => {
    store = new MemoryStore()
    store.keep = full
    expect(() => run({ resume: false })).toThrow('no space left')
  })

  test('later: told, and the check goes on; what was kept before can be resumed', () => {
    const expected = check(system, [])
    const news: CheckpointNews[] = []
    const keep = store.keep.bind(store)
    store.keep = full
    expect(run({ onNews: (one) => news.push(one) })).toMatchObject({ states: expected.states, exhausted: true })
    expect(news[0]).toMatchObject({ kind: 'resumed' })
    expect(news[1]).toEqual({ kind: 'failed', cause: 'memory: no space left' })
    store.keep = keep
    expect(run()).toMatchObject({ states: expected.states, transitions: expected.transitions })
  })
})

test('states are written once, however often checkpoints are made', () => {
  const large = referenceSystem({ clients: 2, retries: 1, losses: 1 })
  store = new MemoryStore()
  const written: number[] = []
  const write = store.write.bind(store)
  store.write = (from, bytes) => {
    written.push(bytes.length)
    write(from, bytes)
  }
  const { levels } = run({ resume: false, everySeconds: 3600 }, large, { symmetry: 'off' })
  const once = written.reduce((sum, bytes) => sum + bytes, 0)
  expect(once).toBeLessThan(levels.reduce((sum, states) => sum + states, 0) * 3)
  expect(store.kept).toBe(2)
})
