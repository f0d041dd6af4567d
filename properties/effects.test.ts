/** Every setting changes something that is asked. */
import { describe, expect, it } from 'vitest'
import { knobs } from '../model/index.ts'
import { effects, effectsOf, tryEffect } from './effects.ts'
import { pins } from './pins.ts'

const real = knobs.filter((k) => k.is !== 'no such sysctl')

it.each(real.map((k) => k.name))('%s changes something', (name) => {
  expect(effectsOf(name).length).toBeGreaterThan(0)
})

it.each(
  effects.map((e) => ({ effect: e, knob: e.knob, where: 'plays' in e ? e.plays : `${e.scenario}, ${e.property}` })),
)('$knob: $where', ({ effect }) => {
  const expected = effect.values.map((v) => v.gives)
  expect(new Set(expected).size).toBeGreaterThan(1)
  expect(tryEffect(effect)).toEqual(expected)
})

describe('the scenarios of effects', () => {
  it('are pinned', () => {
    expect(effects.filter((e) => 'scenario' in e && !(e.scenario in pins))).toEqual([])
  })
})
