/** From readable parts and rules to flat integer relations: `compile` is all the searches need. */
import type { System } from '../system.ts'
import { type Closed, type CloseLimits, close } from './close.ts'
import { Codec } from './codec.ts'
import { layOut } from './lay-out.ts'
import type { Tables } from './tables.ts'

export interface Compiled {
  readonly system: System
  readonly closed: Closed
  readonly tables: Tables
  readonly codec: Codec
  /** Indices of the distinct initial worlds. */
  readonly initial: readonly number[]
  /** Of each initial world, the slice number of every group and then the hub. */
  readonly initialDigits: readonly (readonly number[])[]
}

/** @throws CheckerFault BAD_SYSTEM, BAD_CHAIN, BAD_STATE, or TABLES_TOO_LARGE. */
export function compile(system: System, limits: CloseLimits): Compiled {
  const closed = close(system, limits)
  const tables = layOut(system, closed)
  const codec = new Codec(closed, tables.kindOffset)
  const initial = [...new Set(system.initial.map((world) => codec.encode(world)))]
  const initialDigits = system.initial.map((world) => codec.digitsOf(world))
  return { system, closed, tables, codec, initial, initialDigits }
}

/**
 * The same tables for a system with other groups of the same kinds, as many as it likes.
 * @returns `undefined` where it begins with what the tables do not hold
 */
export function ofGroups(
  { closed, tables, system: { rules, synchronous } }: Compiled,
  system: System,
): Compiled | undefined {
  const kinds = closed.kinds.map(({ name, partNames, slices }) => ({
    name,
    partNames,
    slices,
    groups: system.groups.flatMap(({ kind }, at) => (kind === name ? [at] : [])),
  }))
  const kindOfGroup = system.groups.map(({ kind }) => kinds.findIndex(({ name }) => name === kind))
  const here = { ...closed, kinds, kindOfGroup }
  const codec = new Codec(here, tables.kindOffset)
  const initialDigits = system.initial.map((world) => codec.digitsOf(world))
  const isHeld = (digits: readonly number[]): boolean =>
    digits[codec.groups]! < tables.hubs &&
    kindOfGroup.every((kind, g) => digits[g]! < (tables.kindOffset[kind + 1] ?? tables.slices))
  if (!initialDigits.every(isHeld)) return undefined
  const initial = [...new Set(system.initial.map((world) => codec.encode(world)))]
  const asWell = { ...system, rules, ...(synchronous && { synchronous }) }
  return { system: asWell, closed: here, tables, codec, initial, initialDigits }
}
