/** A cell of a matrix and its name: the same check by the same model has the same name on every machine. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { canonicalKey } from '../../checker/index.ts'
import { type Overrides, scenarioKernel } from '../../properties/index.ts'
import { scenarioOf } from '../options/names.ts'
import { packageFolder, version } from '../package.ts'
import type { CellOfMatrix } from './matrix.ts'

export interface CellBounds {
  readonly maxStates?: number
  readonly maxDepth?: number
  /** Bytes. */
  readonly memory?: number
}

/** Everything that decides the result of a cell: scenario, kernel, settings, bounds, model. */
export interface Cell {
  readonly id: string
  readonly scenario: string
  readonly kernel: string
  readonly overrides: Overrides
  readonly bounds: CellBounds
  /** Version of the program, and a digest of the code that answers. */
  readonly model: string
}

export const cellWith = ({ scenario, overrides }: CellOfMatrix, bounds: CellBounds): Cell => {
  const kernel = scenarioKernel(scenarioOf(scenario), overrides)
  const asked = { scenario, kernel, overrides, bounds, model: modelDigest() }
  return { id: sha256(canonicalKey(asked)).slice(0, 32), ...asked }
}

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

let known: string | undefined

/** Of the bundled program if that is what runs, else of the sources. */
export const modelDigest = (): string => {
  known ??= `${version()}-${digestOfCode().slice(0, 16)}`
  return known
}

const digestOfCode = (): string => {
  const own = fileURLToPath(import.meta.url)
  if (basename(own) === 'program.cjs') return sha256(readFileSync(own))
  const sources = ['model', 'checker', 'properties', 'traces'].flatMap((folder) =>
    filesIn(join(packageFolder(), folder)),
  )
  return sha256(sources.map((file) => sha256(readFileSync(file))).join())
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.isDirectory()) return filesIn(join(folder, entry.name))
      return entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts') ? [join(folder, entry.name)] : []
    })
