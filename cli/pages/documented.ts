/**
 * Pages whose files and commands are run: blocks that begin with `// name.ts` are files, blocks of `console` are commands (`$ …`)
 * with what they print. A line `…` stands for any lines. Times and speeds may differ.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { packageFolder } from '../package.ts'

const root = packageFolder()
const main = join(root, 'dist', 'bin', 'main.js')

/** Pages that are run. */
export const documentedPages = ['docs/checker.md', 'docs/walk-through.md']

/** What `npm run bundle` makes is there. */
export const isBuilt = existsSync(main)

export interface Command {
  readonly line: string
  /** As the page prints it. */
  readonly output: string
}

const BLOCK = /^```(\w+)\n([\s\S]*?)^```$/gm

/** @param file from the root of the project */
export const pageOf = (file: string): string => readFileSync(join(root, file), 'utf8')

export const filesOf = (page: string): { readonly name: string; readonly text: string }[] =>
  [...page.matchAll(BLOCK)].flatMap(([, , text]) => {
    const name = /^\/\/ (\S+\.[jt]s)\n/.exec(text!)?.[1]
    return name === undefined ? [] : [{ name, text: text! }]
  })

export const commandsOf = (page: string): Command[] =>
  [...page.matchAll(BLOCK)]
    .filter(([, language]) => language === 'console')
    .flatMap(([, , text]) => `\n${text}`.split('\n$ ').slice(1))
    .map((block) => {
      const [line = '', ...output] = block.split('\n')
      return { line, output: output.join('\n').trimEnd() }
    })

/** A folder with the files of the page, from which the package's own files are found as in the project. */
export const folderOf = (page: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'halfopen-page-'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  for (const { name, text } of filesOf(page)) {
    writeFileSync(join(folder, name), text)
    const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 }
    const plain = ts.transpileModule(text, { compilerOptions }).outputText.replace(/(from '\.\/\S+)\.ts'/g, "$1.js'")
    writeFileSync(join(folder, name.replace(/\.ts$/, '.js')), plain)
  }
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(root, join(folder, 'node_modules', 'halfopen'))
  for (const name of ['traces', 'docs']) symlinkSync(join(root, name), join(folder, name))
  return folder
}

/** What the command prints, whatever it exits with. */
export const printed = (line: string, folder: string): string => {
  const [program, ...args] = (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^"|"$/g, ''))
  if (program !== 'halfopen' && program !== 'node') throw new Error(`${line}: pages run halfopen and node alone`)
  try {
    const options = { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' }, stdio: 'pipe' } as const
    return execFileSync(process.execPath, [...(program === 'halfopen' ? [main] : []), ...args], options).trimEnd()
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    return (stdout === '' ? stderr : stdout).trimEnd()
  }
}

/** Without what differs from run to run. */
export const steady = (text: string): string =>
  text
    .replace(/\d+(?:\.\d+)? (?:ms|s|min)\b/g, '… s')
    .replace(/\d[\d.,]* ?(?:[kM] )?states\/s/g, '… states/s')
    .replace(/ +$/gm, '')

/** What the page prints as a pattern: `…` alone on a line stands for any lines. */
export const patternOf = (output: string): RegExp =>
  new RegExp(
    `^${steady(output)
      .split('\n')
      .map((line) => (line.trim() === '…' ? '[^]*?' : line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('\n')}$`,
  )

/** The page with what its commands print now; where that differs in times alone, or the page leaves lines out, as it is. */
export const renewed = (page: string): string => {
  const folder = folderOf(page)
  return page.replaceAll(BLOCK, (block, language: string) => {
    if (language !== 'console') return block
    const commands = commandsOf(block).map(({ line, output }) => {
      const now = printed(line, folder)
      const isKept = steady(now) === steady(output) || patternOf(output).test(steady(now))
      return `$ ${line}\n${isKept ? output : now}`
    })
    return `\`\`\`console\n${commands.join('\n').trimEnd()}\n\`\`\``
  })
}
