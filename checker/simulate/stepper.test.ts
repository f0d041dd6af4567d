import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { canonicalKey } from '../canonical.ts'
import { referenceSystem } from '../examples/reference.ts'
import { events } from '../interpret.ts'
import type { System } from '../system.ts'
import { randomSystem } from '../testing/random-system.ts'
import { Random } from './random.ts'
import { Stepper } from './stepper.ts'

/** Goes through a system at random; in each world the steps are those of the plain meaning. */
function agree(system: System, seed: number): void {
  const stepper = new Stepper(system)
  const random = new Random(seed)
  let world = stepper.encode(system.initial[0]!)
  for (let step = 0; step < 30; step++) {
    const meant = events(system, stepper.decode(world))
    const found = stepper.all(world)
    const shown = found.map((move) => ({
      event: stepper.event(move),
      world: canonicalKey(stepper.decode(move.to)),
      effects: stepper.runner.effects.states[move.effects],
    }))
    const expected = meant.map(({ event, world, effects }) => ({ event, world: canonicalKey(world), effects }))
    const inOrder = (all: typeof shown) => all.map((one) => canonicalKey(one)).toSorted()
    expect(inOrder(shown)).toEqual(inOrder(expected as typeof shown))
    for (const move of found) expect(stepper.find(world, stepper.event(move))).toEqual(move)
    if (found.length === 0) return
    world = found[random.below(found.length)]!.to
  }
}

describe('steps taken one by one are those of the plain meaning', () => {
  test.prop([randomSystem, fc.nat(1000)], { numRuns: 80 })('in random systems', agree)
  test.prop([fc.nat(1000)], { numRuns: 20 })('in the reference model', (seed) =>
    agree(referenceSystem({ clients: 2, retries: 1, losses: 1 }), seed),
  )
})

test('an event that is not possible is not found', () => {
  const stepper = new Stepper(referenceSystem({ clients: 1, retries: 0, losses: 0 }))
  const [start] = stepper.system.initial.map((world) => stepper.encode(world))
  expect(stepper.find(start!, { rule: 'no such rule', group: 0, choice: 0 })).toBeUndefined()
  const [move] = stepper.all(start!)
  expect(stepper.find(start!, { ...stepper.event(move!), choice: 99 })).toBeUndefined()
})
