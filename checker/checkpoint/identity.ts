import { canonicalKey } from '../canonical.ts'
import type { Compiled } from '../compile/index.ts'
import { Digest, digestOfSystem } from '../digest.ts'
import type { Entry } from '../search/record.ts'
import type { Space } from '../search/space.ts'
import type { CheckpointOptions } from './store.ts'

/** The layout of what is kept: a checkpoint of another format is refused. */
const FORMAT = 1

/** What a checkpoint belongs to. The numbers of states mean the same only where all of it is the same. */
export interface Identity {
  readonly format: number
  readonly version: string
  readonly check: string
  readonly system: string
  readonly properties: string
  /** Everything that was tabulated, in the order of its numbering. */
  readonly tables: string
  /** Size of the index: that of all worlds, or of worlds up to renaming groups. */
  readonly index: number
}

export function identityOf(
  compiled: Compiled,
  entries: readonly Entry[],
  space: Space,
  { madeFor }: CheckpointOptions,
): Identity {
  return {
    format: FORMAT,
    version: madeFor.version,
    check: madeFor.check,
    system: digestOfSystem(compiled.system).hex,
    properties: propertiesOf(entries),
    tables: digestOfTables(compiled),
    index: space.size,
  }
}

export function propertiesOf(entries: readonly Entry[]): string {
  const digest = new Digest()
  for (const { property } of entries) {
    const { id, kind, reads } = property
    digest.addText(JSON.stringify([id, kind, reads.group, reads.shared, reads.everyGroup, reads.kinds]))
  }
  return digest.hex
}

function digestOfTables({ tables, closed }: Compiled): string {
  const digest = new Digest()
  for (const [name, table] of Object.entries(tables).sort(([a], [b]) => (a < b ? -1 : 1))) {
    digest.addText(name)
    if (typeof table === 'number') digest.add(table)
    else if (table instanceof Int32Array) digest.addNumbers(table)
    else for (const one of table) typeof one === 'number' ? digest.add(one) : digest.addNumbers(one)
  }
  for (const { slices } of [...closed.kinds, { slices: closed.hub.hubs }]) {
    digest.addNumbers(slices.digits.subarray(0, slices.size * slices.width))
  }
  for (const parts of [closed.runner.group, closed.runner.shared]) {
    for (const [name, { states }] of parts) {
      digest.addText(name)
      for (const state of states) digest.addText(canonicalKey(state))
    }
  }
  return digest.hex
}

/** What differs, in words; `undefined` when nothing does. */
export function differenceOf(kept: Identity, own: Identity): string | undefined {
  const made = `it was made by "${kept.check}"`
  if (kept.format !== own.format) return `it has format ${kept.format}, this version reads ${own.format}`
  if (kept.version !== own.version) return `it was made by version ${kept.version}, this is ${own.version}`
  if (kept.check !== own.check) return made
  if (kept.system !== own.system) return `${made}, of a system with other rules, parts or initial worlds`
  if (kept.properties !== own.properties) return `${made}, with other properties`
  if (kept.tables !== own.tables) return `${made}, of a system whose rules did something else`
  if (kept.index !== own.index) return `${made}, with another choice of symmetry`
  return undefined
}
