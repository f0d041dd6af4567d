/** `halfopen explore`: the page, served to this machine or written as one file. */
import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { type Command, Option } from 'commander'
import { decodePath } from '../../checker/index.ts'
import { addressText, openedWith, serve, standalonePage } from '../../explorer/index.ts'
import { modelOf } from '../../model/index.ts'
import { type Overrides, scenarioNamed, settingOf } from '../../properties/index.ts'
import { openBytes } from '../../traces/index.ts'
import type { Context } from '../context.ts'
import { UsageError } from '../error.ts'
import { exit } from '../exit.ts'
import { isInterrupted, writeJson } from '../io.ts'
import { scenarioOf } from '../options/names.ts'
import { whole } from '../options/values.ts'
import { addWorldOptions, checkWorld, overridesOf, type WorldOptions } from '../options/world.ts'

interface Options extends WorldOptions {
  readonly port: number
  readonly host: string
  readonly open: boolean
  readonly path?: string
  readonly lessons?: string
  readonly output?: string
  readonly json?: true
}

export const addExplore = (program: Command, context: Context): void => {
  const command = program
    .command('explore')
    .description('a page that shows every state: bench, graph, trace, properties, lessons')
    .argument('[what]', 'a scenario, or a capture to open', 'ghost-connection')
    .addOption(
      new Option('--port <n>', 'where to serve it; 0: any port that is free')
        .argParser(whole('--port', { min: 0, max: 65_535 }))
        .default(0),
    )
    .option('--host <address>', 'the address to serve it at', '127.0.0.1')
    .option('--no-open', 'open no browser')
    .option('--path <code>', 'the code of a path that check printed: the bench begins at its end')
    .option('--lessons <folder>', 'further lessons, a Markdown file each')
    .option('--output <file>', 'write the page as one file that opens without a server, and serve nothing')
  addWorldOptions(command)
  command.option('--json', 'the address as one document')
  command.action(async (what: string, options: Options) => {
    const asked = openedFor(what, options)
    const opened = openedOrFail(asked.opened, options)
    if (options.output !== undefined) return save(options.output, await standalonePage(opened), context, options)
    const { url, close } = await served({ ...options, opened, ...(asked.capture && { capture: asked.capture }) })
    if (options.json) writeJson(context.io, 'explore', { url })
    else context.io.out(`${url}\n`)
    context.io.err('Ctrl-C ends it.\n')
    if (options.open && context.io.isTTY.out) openBrowser(url)
    await interrupted(context)
    await close()
    context.exit = exit.holds
  })
}

/** A file is a capture; any other word a scenario. */
const openedFor = (what: string, options: Options): { opened: Record<string, unknown>; capture?: Uint8Array } => {
  if (scenarioNamed(what) === undefined && existsSync(what)) {
    const capture = openBytes(what)
    return { opened: { hash: '#/trace', capture: { name: basename(what), url: 'capture' } }, capture }
  }
  const scenario = scenarioOf(what)
  const overrides = overridesOf(options)
  checkWorld(scenario, overrides)
  const world = { scenario: scenario.name, overrides }
  return { opened: options.path === undefined ? { world } : { world, hash: hashOf(world, options.path) } }
}

const hashOf = (world: { scenario: string; overrides: Overrides }, code: string): string => {
  const model = modelOf(settingOf(scenarioOf(world.scenario), world.overrides))
  try {
    const path = decodePath(model, code).events
    return addressText({ view: 'bench', world, path, at: path.length, more: {} })
  } catch (error) {
    const cause = error instanceof Error ? error.message.replace(/\.$/, '') : String(error)
    const remedy = 'give the same scenario and flags as the check that printed it'
    throw new UsageError({ code: 'E_PATH', place: `--path ${code}`, cause, remedy })
  }
}

const openedOrFail = (more: Record<string, unknown>, { lessons }: Options) => {
  try {
    return openedWith(more, lessons)
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    const remedy = 'docs/lessons.md tells how a lesson is written'
    throw new UsageError({ code: 'E_VALUE', place: `--lessons ${lessons ?? ''}`, cause, remedy })
  }
}

const served = async (options: Parameters<typeof serve>[0]) => {
  try {
    return await serve(options)
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new UsageError({
      code: 'E_VALUE',
      place: `--port ${options?.port ?? 0}`,
      cause,
      remedy: 'choose another port or address',
    })
  }
}

const save = (file: string, html: string, { io }: Context, { json }: Options): void => {
  try {
    writeFileSync(file, html)
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new UsageError({ code: 'E_OUTPUT', place: file, cause, remedy: 'name a file that can be written' })
  }
  if (json) writeJson(io, 'explore', { file, bytes: Buffer.byteLength(html) })
  else io.out(`${file}\n`)
}

/** Where there is no browser to open, the address stands on the screen. */
const openBrowser = (url: string): void => {
  const opener = process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open'
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
}

const interrupted = ({ io }: Context): Promise<void> =>
  new Promise((resolve) => {
    const timer = setInterval(() => {
      if (!isInterrupted(io)) return
      clearInterval(timer)
      resolve()
    }, 100)
  })
