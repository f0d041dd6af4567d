/** What is measured: models, their cases, and the engines that each is worth trying with. */
import type { CheckOptions } from '../report.ts'

export type Engine = 'bitset' | 'paged' | 'hash' | 'symbolic' | 'auto' | 'naive' | 'spin' | 'tlc'

export interface Case {
  readonly model: 'reference' | 'halfopen'
  readonly case: string
  readonly engines: readonly Engine[]
  /** Distinct states, counted identically by several tools. */
  readonly states?: number
}

export const settingsOf: Readonly<Record<string, { clients: number; retries: number; losses: number }>> = {
  small: { clients: 1, retries: 2, losses: 2 },
  A: { clients: 2, retries: 1, losses: 1 },
  B: { clients: 3, retries: 0, losses: 1 },
  D: { clients: 3, retries: 1, losses: 1 },
  F: { clients: 4, retries: 1, losses: 1 },
}

/** Scenarios of the TCP model, by name, some with larger bounds. */
export const scenariosOf: Readonly<Record<string, { scenario: string; overrides: object }>> = {
  handshake: { scenario: 'handshake', overrides: {} },
  close: { scenario: 'close', overrides: {} },
  'ghost-connection': { scenario: 'ghost-connection', overrides: {} },
  'ghost, two full clients': { scenario: 'ghost-connection', overrides: { full: true } },
  'ghost, three clients': { scenario: 'ghost-connection', overrides: { clients: 3, retries: 0 } },
}

export const cases: readonly Case[] = [
  { model: 'reference', case: 'small', engines: ['bitset', 'naive'] },
  {
    model: 'reference',
    case: 'A',
    engines: ['bitset', 'paged', 'hash', 'symbolic', 'spin', 'tlc'],
    states: 242_693,
  },
  {
    model: 'reference',
    case: 'B',
    engines: ['bitset', 'paged', 'hash', 'symbolic', 'spin', 'tlc'],
    states: 1_786_154,
  },
  { model: 'reference', case: 'D', engines: ['bitset', 'symbolic', 'spin'], states: 71_815_424 },
  { model: 'reference', case: 'F', engines: ['symbolic'], states: 18_963_907_136 },
  { model: 'halfopen', case: 'handshake', engines: ['auto', 'symbolic'] },
  { model: 'halfopen', case: 'close', engines: ['auto'] },
  { model: 'halfopen', case: 'ghost-connection', engines: ['auto', 'symbolic'] },
  { model: 'halfopen', case: 'ghost, two full clients', engines: ['symbolic'] },
  { model: 'halfopen', case: 'ghost, three clients', engines: ['auto', 'symbolic'] },
]

export function optionsOf(engine: Engine): CheckOptions {
  if (engine === 'bitset') return { engine: 'explicit', visited: 'bitset' }
  if (engine === 'paged') return { engine: 'explicit', visited: 'paged bitset' }
  if (engine === 'hash') return { engine: 'explicit', visited: 'hash table' }
  return { engine: engine === 'symbolic' ? 'symbolic' : 'auto' }
}
