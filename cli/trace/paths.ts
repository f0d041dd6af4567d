/** Which path a word means: the code of one, a document that check or trace wrote, or a scenario with its code. */
import { existsSync, readFileSync } from 'node:fs'
import { decodePath, isPathOf, type Path } from '../../checker/index.ts'
import { type Model, modelOf, profileNames, type Setting } from '../../model/index.ts'
import { type Overrides, type Scenario, scenarioNamed, scenarios, settingOf } from '../../properties/index.ts'
import { UsageError } from '../error.ts'
import { scenarioOf } from '../options/names.ts'
import { checkWorld } from '../options/world.ts'

export interface WorldPath {
  readonly scenario: string
  readonly code: string
  readonly setting: Setting
  readonly model: Model
  readonly path: Path
}

/** @throws UsageError E_PATH for a code that leads nowhere in this world */
export const pathIn = (name: string, overrides: Overrides, code: string): WorldPath => {
  const scenario = scenarioOf(name)
  checkWorld(scenario, overrides)
  const setting = settingOf(scenario, overrides)
  const model = modelOf(setting)
  try {
    return { scenario: name, code, setting, model, path: decodePath(model, code) }
  } catch (error) {
    const place = `--path ${code}`
    const cause = error instanceof Error ? error.message.replace(/\.$/, '') : String(error)
    const made = madeFor(name, overrides, code)
    const remedy = `copy the whole command that check printed, with its flags${made ? ` (it may be one of ${made})` : ''}`
    throw new UsageError({ code: 'E_PATH', place, cause, remedy })
  }
}

const isOf = (scenario: Scenario, o: Overrides, code: string): boolean => {
  try {
    return isPathOf(modelOf(settingOf(scenario, o)), code)
  } catch {
    return false
  }
}

/** Another scenario, or another kernel, whose path the code is. */
const madeFor = (name: string, overrides: Overrides, code: string): string | undefined => {
  const other = scenarios.find((scenario) => isOf(scenario, overrides, code))
  if (other !== undefined) return other.name === name ? undefined : other.name
  const kernel = profileNames.find((kernel) => isOf(scenarioOf(name), { ...overrides, kernel }, code))
  return kernel && `${name} --kernel ${kernel}`
}

/** All that a word means. `code`: given beside it. */
export const pathsMeant = (word: string, overrides: Overrides, code?: string): WorldPath[] => {
  if (code !== undefined || scenarioNamed(word)) {
    if (code !== undefined) return [pathIn(word, overrides, code)]
    const remedy = 'give one of its paths with --path CODE, as halfopen check prints it'
    throw new UsageError({ code: 'E_PATH', place: word, cause: 'a scenario has many paths', remedy })
  }
  if (existsSync(word)) return pathsInFile(word, overrides)
  const scenario = scenarios.find((s) => isOf(s, overrides, word))
  if (scenario) return [pathIn(scenario.name, overrides, word)]
  const remedy =
    'give the code of a path with the flags of its check, or a file that check --json or trace show --json wrote'
  throw new UsageError({ code: 'E_PATH', place: word, cause: 'this is no file, and no path of any scenario', remedy })
}

interface Document {
  readonly scenario?: unknown
  readonly path?: unknown
  readonly properties?: readonly { readonly counterexample?: { readonly path?: unknown } }[]
}

const pathsInFile = (file: string, overrides: Overrides): WorldPath[] => {
  const document = documentIn(file)
  const codes = [document.path, ...(document.properties ?? []).map((p) => p.counterexample?.path)]
  const texts = [...new Set(codes.filter((code) => typeof code === 'string'))]
  if (typeof document.scenario !== 'string' || texts.length === 0) {
    const remedy = 'give a file that check --json or trace show --json wrote'
    throw new UsageError({ code: 'E_PATH', place: file, cause: 'it names no scenario with a path', remedy })
  }
  return texts.map((code) => pathIn(document.scenario as string, overrides, code))
}

const documentIn = (file: string): Document => {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) ?? {}) as Document
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    const remedy = 'give a file that check --json or trace show --json wrote'
    throw new UsageError({ code: 'E_PATH', place: file, cause, remedy })
  }
}
