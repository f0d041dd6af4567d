/** A module of the user's that is checked by its file name: what it exports, or one clear error. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Property, System } from '../../checker/index.ts'
import { propertyNamed, type Scenario, settingOf, type TcpProperty } from '../../properties/index.ts'
import { UsageError } from '../error.ts'
import type { Io } from '../io.ts'
import { NO_TYPESCRIPT } from './import.ts'

export type Own =
  | { readonly is: 'scenario'; readonly scenario: Scenario; readonly properties: readonly TcpProperty[] }
  | { readonly is: 'system'; readonly system: System; readonly properties: readonly Property[] }

/** Whether an argument is a file and no name of a scenario. */
export const isOwn = (name: string): boolean => /[\\/]/.test(name) || /\.[cm]?[jt]s$/.test(name)

/** @throws UsageError E_MODULE */
export const loadOwn = async (file: string, io: Io): Promise<Own> => {
  const bad = (cause: string, remedy: string): UsageError =>
    new UsageError({ code: 'E_MODULE', place: file, cause, remedy })
  const path = resolve(file)
  if (!existsSync(path)) throw bad('there is no such file', 'halfopen init writes one to begin with')
  let module: Readonly<Record<string, unknown>>
  try {
    module = (await (io.importModule ?? plainImport)(path)) as typeof module
  } catch (error) {
    const { code, message = String(error) } = error as { code?: string; message?: string }
    if (code === NO_TYPESCRIPT)
      throw bad(
        `Node ${process.versions.node} reads no TypeScript`,
        'npm install typescript beside it, use Node 22.18 or later, or write .js (halfopen init mine.js)',
      )
    throw bad(`it cannot be loaded: ${message.split('\n')[0]}`, 'mend it, and try it with node')
  }
  const properties = (module.properties ?? []) as readonly never[]
  if (!Array.isArray(properties)) throw bad('its export properties is no list', 'export const properties = [ … ]')
  const main = [module.scenario, module.system, module.default].find((value) => value !== undefined)
  if (isSystem(main)) return { is: 'system', system: main, properties }
  if (isScenario(main)) return { is: 'scenario', properties, scenario: named(file, main, properties, bad) }
  throw bad(
    'it exports neither a scenario nor a system',
    'export const scenario = { world: … } or export const system = { rules: … }; halfopen init writes one to begin with',
  )
}

const plainImport = (path: string): Promise<unknown> => import(pathToFileURL(path).href)

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const isSystem = (value: unknown): value is System =>
  isRecord(value) && Array.isArray(value.rules) && Array.isArray(value.groups) && Array.isArray(value.initial)

const isScenario = (value: unknown): value is Scenario => isRecord(value) && isRecord(value.world)

/** By its file, so that what is printed can be typed again; asked of what it names, or of its own properties. */
const named = (
  file: string,
  scenario: Scenario,
  own: readonly TcpProperty[],
  bad: (cause: string, remedy: string) => UsageError,
): Scenario => {
  const properties = scenario.properties ?? own.map(({ id }) => id)
  const unknown = properties.find((id) => !own.some((p) => p.id === id) && propertyNamed(id) === undefined)
  if (unknown !== undefined)
    throw bad(`it names property ${unknown}, which is neither its own nor shipped`, 'halfopen list properties')
  const odd = own.find((p) => typeof p?.ask !== 'function')
  if (odd !== undefined) throw bad('a property of its own lacks ask', 'make it with ownProperty of halfopen/properties')
  const whole = { ...scenario, name: file, shows: scenario.shows ?? 'a world of your own', properties }
  try {
    settingOf(whole)
  } catch (error) {
    throw bad(
      `its world is not complete: ${(error as Error).message}`,
      'clients and server are needed; see halfopen init',
    )
  }
  return whole
}
