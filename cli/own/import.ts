/**
 * Loads a module of the user's, from within Node's own loader. `halfopen/…` is this package wherever the module stands; .ts is
 * read by Node where Node can (22.18 and later), else by a typescript that is installed.
 */
import { createRequire, register } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { packageFolder } from '../package.ts'

/** Told in the user's words by `load.ts`. */
export const NO_TYPESCRIPT = 'ERR_NO_TYPESCRIPT'

/** @param file absolute */
export const importOwn = async (file: string): Promise<unknown> => {
  const isTyped = /\.[cm]?ts$/.test(file)
  const strips = (process.features as { readonly typescript?: unknown }).typescript
  const typescript = isTyped && !strips ? typescriptFor(file) : undefined
  if (isTyped && !strips && typescript === undefined) throw Object.assign(new Error(), { code: NO_TYPESCRIPT })
  const data = { dist: pathToFileURL(join(packageFolder(), 'dist/')).href, typescript }
  register(`data:text/javascript,${encodeURIComponent(HOOKS)}`, { parentURL: import.meta.url, data })
  return import(pathToFileURL(file).href)
}

/** Of the user's project, or of the package's own folder. */
const typescriptFor = (file: string): string | undefined => {
  for (const from of [file, join(packageFolder(), 'package.json')])
    try {
      return pathToFileURL(createRequire(from).resolve('typescript')).href
    } catch {}
  return undefined
}

/** Runs in the thread of Node's loader, which shares nothing with this one. */
const HOOKS = String.raw`
let given
export const initialize = (data) => { given = data }
export const resolve = async (specifier, context, next) => {
  const own = /^halfopen\/(model|checker|properties|traces)$/.exec(specifier)
  return own ? { url: given.dist + own[1] + '/index.js', shortCircuit: true } : next(specifier, context)
}
export const load = async (url, context, next) => {
  if (!given.typescript || !/^file:.*\.m?ts$/.test(url)) return next(url, context)
  const { default: ts } = await import(given.typescript)
  const { readFileSync } = await import('node:fs')
  const { fileURLToPath } = await import('node:url')
  const fileName = fileURLToPath(url)
  const { outputText } = ts.transpileModule(readFileSync(fileName, 'utf8'), {
    fileName,
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, inlineSourceMap: true },
  })
  return { format: 'module', source: outputText, shortCircuit: true }
}`
