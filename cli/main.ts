#!/usr/bin/env node
/**
 * The program. It runs in a worker, so that Ctrl-C or SIGTERM is heard while a search keeps its thread busy: the main thread sets a
 * flag that the search polls, and the partial result is printed. A second Ctrl-C ends it at once.
 */
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { compiled } from './compiled.ts'
import { exit } from './exit.ts'
import { optimizeLate, optimizeOnceLong } from './optimizing.ts'
import { importOwn } from './own/import.ts'

interface Shared {
  readonly args: readonly string[]
  readonly isTTY: { readonly out: boolean; readonly err: boolean }
  readonly stop: Int32Array
  readonly columns?: number
}

type Message = 'optimized late' | { readonly to: 'out' | 'err'; readonly text: string } | { readonly exit: number }

const start = (): void => {
  const stop = new Int32Array(new SharedArrayBuffer(4))
  const isTTY = { out: process.stdout.isTTY === true, err: process.stderr.isTTY === true }
  const { columns } = process.stdout
  const shared: Shared = { args: process.argv.slice(2), isTTY, stop, ...(columns && { columns }) }
  const isFollowing = follows(shared.args)
  const reads = shared.args[0] === 'mcp' || isFollowing // the commands that are spoken to
  // its argv is that of the program: commands that need namespaces run the same line anew (`runAgainInside`)
  const worker = new Worker(new URL(import.meta.url), { workerData: shared, argv: [...shared.args], stdin: reads })
  if (reads) process.stdin.pipe(worker.stdin!)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (Atomics.exchange(stop, 0, 1) === 1) process.exit(exit.interrupted)
    })
  }
  worker.on('message', (message: Message) => {
    if (message === 'optimized late') optimizeOnceLong()
    else if ('exit' in message) {
      process.exitCode = message.exit
      // The process that writes to standard input may never end.
      if (isFollowing) process.stdin.destroy()
      if (isFollowing) void worker.terminate()
    } else (message.to === 'out' ? process.stdout : process.stderr).write(message.text)
  })
  worker.on('error', (error: NodeJS.ErrnoException) => {
    const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    process.stderr.write(
      `halfopen: ${isMemory ? outOfMemory(shared.args[0]) : `internal fault: ${firstLine(error)} [E_INTERNAL]`}\n`,
    )
    process.exitCode = isMemory ? exit.inconclusive : exit.internal
  })
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      process.exit(process.exitCode ?? exit.holds) // whoever read has seen enough
    })
  }
}

const follows = ([command, ...args]: readonly string[]): boolean => command === 'replay' && args.includes('--follow')

const outOfMemory = (command: string | undefined): string => {
  const [what, remedy] =
    command === 'replay'
      ? ['capture', 'give one connection of it (--stream)']
      : ['world', 'give a limit with --memory for a partial answer, or a smaller world']
  return `${command ?? 'check'}: this ${what} does not fit into the memory of this process: inconclusive; ${remedy} [E_MEMORY]`
}

const firstLine = (error: Error): string => String(error.message ?? error).split('\n')[0]!

const work = async ({ args, isTTY, stop, columns }: Shared): Promise<void> => {
  const program = compiled<typeof import('./program.ts')>(fileURLToPath(new URL('./program.cjs', import.meta.url)))
  const send = (message: Message) => parentPort!.postMessage(message)
  if (args[0] === 'replay') {
    optimizeLate()
    send('optimized late')
  }
  const code = await program.exports.run(args, {
    out: (text) => send({ to: 'out', text }),
    err: (text) => send({ to: 'err', text }),
    isTTY,
    ...(columns !== undefined && { columns }),
    env: process.env,
    ...(follows(args) && { stdin: process.stdin }),
    importModule: importOwn,
    shouldStop: () => Atomics.load(stop, 0) === 1,
  })
  send({ exit: code })
}

if (isMainThread) start()
else await work(workerData as Shared)
