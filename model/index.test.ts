import { readFileSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import * as model from './index.ts'

/** The lines of the example in the front door's comment, and what its last comment says is printed. */
const example = () => {
  const door = readFileSync(new URL('./index.ts', import.meta.url), 'utf8')
  const lines = /@example\n([\s\S]*?)\n \*\n \* Read next/
    .exec(door)![1]!
    .split('\n')
    .map((line) => line.slice(3))
  return { code: lines.join('\n'), prints: lines.at(-1)!.split(' // ').at(-1) }
}

describe('the front door', () => {
  test('its example runs and prints what it says', () => {
    const { code, prints } = example()
    const log = vi.fn()
    const body = code.replace(/^import (.*) from .*$/m, 'const $1 = model').replace('console.log', 'log')
    new Function('model', 'log', body)(model, log)
    expect(log.mock.calls.map((words) => words.join(' '))).toEqual([prints])
  })

  test('can be awaited: a module that exports `then` could not', async () => {
    expect(model).not.toHaveProperty('then')
    expect(Object.keys(await import('./index.ts'))).toContain('modelOf')
  })
})
