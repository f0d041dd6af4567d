/**
 * `npm run fuzz -- [--minutes N] [--seed S] [FILE…|DIR…]`: damaged captures through readers and replay, for crashes, hangs and
 * growth of memory. By default those of the corpus. Exit code: 0 if nothing was found, 1 if something was, 2 for wrong usage.
 */
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { inputOf } from './attempt.ts'
import type { Told } from './worker.ts'

/** Milliseconds without an answer, after which it hangs. */
const PATIENCE = 60_000
/** Bytes by which the memory may grow from the first minute to the last. */
const GROWTH = 64 * 2 ** 20

const { values, positionals } = understood()
const minutes = Number(values.minutes)
const seed = Number(values.seed)
if (!(minutes > 0) || !Number.isInteger(seed)) refuse('--minutes takes a positive number, --seed a whole one')
const files = (positionals.length > 0 ? positionals : ['traces/corpus']).flatMap(filesIn)
if (files.length === 0) refuse('no captures there; name a file, or a folder that holds some')

setFlagsFromString('--expose-gc')
const outcomes = new Map<string, number>()
const faults: string[] = []
const heaps: number[] = []
const until = Date.now() + minutes * 60_000
let next = 0
while (Date.now() < until && faults.length < 20) await round()
report()

function understood() {
  try {
    const options = { minutes: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' } } as const
    return parseArgs({ allowPositionals: true, options })
  } catch (error) {
    return refuse((error as Error).message)
  }
}

function refuse(why: string): never {
  process.stderr.write(`fuzz: ${why}\n`)
  process.exit(2)
}

/** A file, or those of a folder that hold packets. */
function filesIn(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return refuse(`${path}: no such file or folder; check the path`)
  if (!found.isDirectory()) return [path]
  const all = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort()
  return all.filter((name) => /\.(pcap|pcapng|txt|pkt)$/.test(name)).map((name) => join(path, name))
}

/** Until time is up, or it hangs: then what hung is left out, and the next round begins after it. */
async function round(): Promise<void> {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: { files, seed, from: next } })
  await new Promise<void>((done) => {
    let timer: NodeJS.Timeout
    const wait = (): void => {
      timer = setTimeout(() => {
        fault(next, `no answer for ${PATIENCE / 1000} s`)
        next += 1
        done()
      }, PATIENCE)
    }
    worker.on('message', (told: Told) => {
      clearTimeout(timer)
      next = told.n + 1
      if (told.outcome !== undefined) outcomes.set(told.outcome, (outcomes.get(told.outcome) ?? 0) + 1)
      if (told.heap !== undefined) heaps.push(told.heap)
      if (told.fault !== undefined) fault(told.n, told.fault)
      if (Date.now() >= until || faults.length >= 20) done()
      else wait()
    })
    worker.on('error', (error) => {
      clearTimeout(timer)
      fault(next, `the process ended: ${error.message}`)
      next += 1
      done()
    })
    wait()
  })
  await worker.terminate()
}

function fault(n: number, what: string): void {
  const { file, bytes } = inputOf(files, seed, n)
  const kept = join(tmpdir(), `halfopen-fuzz-${seed}-${n}`)
  writeFileSync(kept, bytes)
  faults.push(`input ${n} of seed ${seed}, made of ${file}, kept as ${kept}:\n${what}`)
}

function report(): void {
  const grown = heaps.length < 4 ? 0 : Math.min(...heaps.slice(-2)) - Math.max(...heaps.slice(0, 2))
  if (grown > GROWTH) faults.push(`memory grew by ${Math.round(grown / 2 ** 20)} MB`)
  const peak = Math.round(process.resourceUsage().maxRSS / 1024)
  const total = [...outcomes.values()].reduce((a, b) => a + b, 0)
  const counts = [...outcomes].sort((a, b) => b[1] - a[1]).map(([what, n]) => `  ${what} ${n}\n`)
  process.stdout.write(
    `${total} damaged files of seed ${seed} in ${minutes} min, peak memory ${peak} MB\n${counts.join('')}`,
  )
  process.stdout.write(faults.length === 0 ? 'no fault\n' : `${faults.length} faults\n\n${faults.join('\n\n')}\n`)
  process.exit(faults.length === 0 ? 0 : 1)
}
