/** `scenario=close,time-wait; kernel=all; backlog=0..4; tcp_syncookies=0,1,2`: the cells of a matrix, in its order. */
import { type ProfileName, profileNames, type Sysctl, sysctls } from '../../model/index.ts'
import { type Overrides, scenarios } from '../../properties/index.ts'
import { UsageError } from '../error.ts'
import { kernelOf, scenarioOf, sysctlNames, sysctlOf } from '../options/names.ts'
import { inRange } from '../options/values.ts'
import { type WorldNumber, worldNumber } from '../options/world.ts'

/** One check of the matrix. */
export interface CellOfMatrix {
  readonly scenario: string
  readonly overrides: Overrides
}

/** A key with all its values, each as what it changes. */
interface Axis {
  readonly name: string
  readonly values: readonly Change[]
}

type Change =
  | { readonly scenario: string }
  | { readonly kernel: ProfileName }
  | { readonly number: WorldNumber; readonly value: number }
  | { readonly sysctl: Sysctl; readonly value: number }

const LARGEST = 1_000_000

/**
 * All cells: the first key changes slowest. Without `scenario` every scenario is meant.
 * @throws UsageError for a key or a value that is none
 */
export const cellsOf = (matrix: string): CellOfMatrix[] => {
  const axes = matrix
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(axisOf)
  const names = axes.map(({ name }) => name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw bad(twice, 'is given twice', 'put all its values in one place, apart by commas')
  const all = names.includes('scenario') ? axes : [axisOf('scenario=all'), ...axes]
  const size = all.reduce((product, { values }) => product * values.length, 1)
  if (size > LARGEST) throw bad(matrix, `has ${size} cells`, `give at most ${LARGEST}`)
  return all
    .reduce<Change[][]>((cells, { values }) => cells.flatMap((cell) => values.map((value) => [...cell, value])), [[]])
    .map(cellOf)
}

const cellOf = (changes: readonly Change[]): CellOfMatrix => {
  let scenario = ''
  let overrides: Overrides = {}
  for (const change of changes) {
    if ('scenario' in change) scenario = change.scenario
    else if ('kernel' in change) overrides = { ...overrides, kernel: change.kernel }
    else if ('number' in change) overrides = { ...overrides, [change.number]: change.value }
    else overrides = { ...overrides, sysctls: { ...overrides.sysctls, [change.sysctl]: change.value } }
  }
  return { scenario, overrides }
}

const axisOf = (part: string): Axis => {
  const [, key = '', values = ''] = /^([^=]+?)\s*=\s*(.+)$/.exec(part) ?? []
  if (key === '')
    throw bad(part, 'is no key with values', 'write key=value,value or key=first..last, apart by semicolons')
  const list = values.split(',').map((value) => value.trim())
  const name = key.trim()
  return { name, values: list.flatMap((value) => changesOf(name, value)) }
}

const changesOf = (key: string, value: string): Change[] => {
  if (key === 'scenario')
    return value === 'all' ? scenarios.map(({ name }) => ({ scenario: name })) : [{ scenario: scenarioOf(value).name }]
  if (key === 'kernel')
    return value === 'all' ? profileNames.map((kernel) => ({ kernel })) : [{ kernel: kernelOf(value) }]
  const number = worldNumber(key)
  const place = `--matrix ${key}`
  if (number !== undefined)
    return numbersIn(place, value).map((n) => ({ number: number.name, value: inRange(place, n, number) }))
  if (!sysctlNames.some((name) => name === key.replace(/^net\.(ipv4|core)\./, ''))) sysctlOf(key)
  const sysctl = sysctlOf(key)
  return numbersIn(place, value).map((n) => ({ sysctl, value: inRange(place, n, sysctls[sysctl]) }))
}

/** `3`, or `0..4`. */
const numbersIn = (place: string, text: string): number[] => {
  const [, first, last] = /^([+-]?\d+)(?:\.\.([+-]?\d+))?$/.exec(text) ?? []
  if (first === undefined) throw bad(place, `"${text}" is no number`, 'give whole numbers, or a range as in 0..4')
  const [from, to] = [Number(first), Number(last ?? first)]
  if (to < from || to - from >= LARGEST) throw bad(place, `${text} is no range`, 'give the smaller number first')
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}

const bad = (place: string, cause: string, remedy: string): UsageError =>
  new UsageError({ code: 'E_VALUE', place: place.startsWith('--') ? place : `--matrix ${place}`, cause, remedy })
