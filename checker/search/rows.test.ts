import { expect, test } from 'vitest'
import { compile } from '../compile/index.ts'
import { referenceSystem } from '../examples/reference.ts'
import { NoRoom, Rows } from './rows.ts'

const compiled = compile(referenceSystem({ clients: 2, retries: 1, losses: 1 }), { maxSlices: 100_000 })
const watch = { onRow: () => {}, onStep: () => {} }

/** Every row that can be made, as numbers; a combination declared impossible makes none. */
const made = (rows: Rows, deny: () => boolean): number[][] => {
  const all: number[][] = []
  for (let slice = 0; slice < compiled.tables.slices; slice++) {
    for (let hub = 0; hub < compiled.tables.hubs; hub++) {
      for (let tries = 0; tries < 2; tries++) {
        rows.mayGrow = () => tries > 0 || !deny()
        try {
          const row = rows.at(0, slice, hub)
          all.push([slice, hub, ...rows.deltas.subarray(rows.first[row]!, rows.first[row + 1]!)])
          break
        } catch (error) {
          if (!(error instanceof NoRoom)) break
        }
      }
    }
  }
  return all
}

test('a row for which there was no room is made whole when there is', () => {
  let denied = 0
  const disturbed = made(new Rows(compiled, watch), () => ++denied > 0)
  expect(denied).toBeGreaterThan(5)
  expect(disturbed).toEqual(made(new Rows(compiled, watch), () => false))
  expect(disturbed.length).toBeGreaterThan(1000)
})

test('arrays never grow without being allowed to', () => {
  const rows = new Rows(compiled, watch)
  const { bytes } = rows
  rows.mayGrow = () => false
  let denied = 0
  for (let slice = 0; slice < compiled.tables.slices; slice++) {
    try {
      rows.at(0, slice, 0)
    } catch (error) {
      if (error instanceof NoRoom) denied++
    }
  }
  expect(denied).toBeGreaterThan(5)
  expect(rows.bytes).toBe(bytes)
})
