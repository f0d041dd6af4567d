/** What is measured: models, their cases, and the engines that each is worth trying with. */
import type { CheckOptions } from '../report.ts'

export type Engine = 'bitset' | 'paged' | 'hash' | 'symmetric' | 'symbolic' | 'naive' | 'spin' | 'tlc'

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

interface Question {
  readonly scenario: string
  readonly overrides?: object
  /** Leads-to properties are asked too; otherwise only what every engine decides. */
  readonly whole?: boolean
}

/** Questions to the TCP model: scenarios at their default bounds with all their properties, and larger worlds. */
export const questionsOf: Readonly<Record<string, Question>> = {
  handshake: { scenario: 'handshake', whole: true },
  close: { scenario: 'close', whole: true },
  'time-wait': { scenario: 'time-wait', whole: true },
  'accept-queue-backlog-2': { scenario: 'accept-queue-backlog-2', whole: true },
  'ghost-connection': { scenario: 'ghost-connection', whole: true },
  'four clients, backlog 2': { scenario: 'accept-queue-backlog-2' },
  'ghost, one loss': { scenario: 'ghost-connection' },
  'ghost, two losses': { scenario: 'ghost-connection', overrides: { loss: 2 } },
  'ghost, two full clients': { scenario: 'ghost-connection', overrides: { full: true } },
  'ghost, three clients': { scenario: 'ghost-connection', overrides: { clients: 3, retries: 0 } },
}

const explicit: readonly Engine[] = ['bitset', 'paged', 'hash', 'symmetric']

export const cases: readonly Case[] = [
  { model: 'reference', case: 'small', engines: ['bitset', 'naive'] },
  { model: 'reference', case: 'A', engines: [...explicit, 'symbolic', 'spin', 'tlc'], states: 242_693 },
  { model: 'reference', case: 'B', engines: [...explicit, 'symbolic', 'spin', 'tlc'], states: 1_786_154 },
  { model: 'reference', case: 'D', engines: ['bitset', 'symmetric', 'symbolic', 'spin'], states: 71_815_424 },
  { model: 'reference', case: 'F', engines: ['symbolic'], states: 18_963_907_136 },
  { model: 'halfopen', case: 'handshake', engines: ['bitset'] },
  { model: 'halfopen', case: 'close', engines: ['bitset'] },
  { model: 'halfopen', case: 'time-wait', engines: ['bitset'] },
  { model: 'halfopen', case: 'accept-queue-backlog-2', engines: ['symmetric'] },
  { model: 'halfopen', case: 'ghost-connection', engines: ['bitset'] },
  { model: 'halfopen', case: 'four clients, backlog 2', engines: [...explicit, 'symbolic'] },
  { model: 'halfopen', case: 'ghost, one loss', engines: ['bitset', 'paged', 'hash', 'symbolic'] },
  { model: 'halfopen', case: 'ghost, two losses', engines: ['bitset', 'symbolic'] },
  { model: 'halfopen', case: 'ghost, two full clients', engines: ['symbolic'] },
  { model: 'halfopen', case: 'ghost, three clients', engines: ['symbolic'] },
]

/** Symmetry is left to the checker where leads-to properties are asked: it decides where that is sound. */
export function optionsOf(engine: Engine, isWhole = false): CheckOptions {
  if (engine === 'bitset') return { engine: 'explicit', visited: 'bitset', symmetry: 'off' }
  if (engine === 'paged') return { engine: 'explicit', visited: 'paged bitset', symmetry: 'off' }
  if (engine === 'hash') return { engine: 'explicit', visited: 'hash table', symmetry: 'off' }
  if (engine === 'symmetric') return { engine: 'explicit', symmetry: isWhole ? 'auto' : 'on' }
  return { engine: 'symbolic' }
}
