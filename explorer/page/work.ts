/** The page's workers. One holds the graph, one checks, one holds a capture: a long search in one keeps no other waiting. */
import type { CallName, Calls, Reply, Request } from '../worker/calls.ts'
import { takeEarlyWorker } from './early-worker.ts'

const homes: Readonly<Record<CallName, 'graph' | 'search' | 'capture'>> = {
  explore: 'graph',
  pathTo: 'graph',
  describe: 'graph',
  nodeOf: 'graph',
  matching: 'graph',
  colour: 'graph',
  fold: 'graph',
  edgesOf: 'graph',
  runUntil: 'search',
  parting: 'search',
  check: 'search',
  anotherRun: 'search',
  replay: 'capture',
  connection: 'capture',
  whatIf: 'capture',
}

type Home = (typeof homes)[CallName]

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
  readonly onProgress?: ((progress: unknown) => void) | undefined
}

const workers = new Map<Home, { worker: Worker; waiting: Map<number, Waiting> }>()
let asked = 0

/** A page that is one file holds one script, which is its workers, too; a page that is served has a script for each. */
const newWorker = (home: Home): Worker => {
  const inline = document.getElementById('page')?.textContent
  if (!inline) return new Worker(`${home}-worker.js`, { type: 'module' })
  return new Worker(URL.createObjectURL(new Blob([inline], { type: 'text/javascript' })))
}

const workerOf = (home: Home) => {
  const known = workers.get(home)
  if (known) return known
  const early = home === 'graph' ? takeEarlyWorker() : undefined
  const made = { worker: early ?? newWorker(home), waiting: new Map<number, Waiting>() }
  made.worker.onmessage = ({ data }: MessageEvent<Reply>) => {
    const waits = made.waiting.get(data.id)
    if (waits === undefined) return
    if ('progress' in data) return waits.onProgress?.(data.progress)
    made.waiting.delete(data.id)
    if ('error' in data) waits.reject(new Error(data.error))
    else waits.resolve(data.gives)
  }
  made.worker.onerror = (e) => {
    for (const { reject } of made.waiting.values()) reject(new Error(e.message || 'the worker has stopped'))
    workers.delete(home)
  }
  workers.set(home, made)
  return made
}

export const ask = <N extends CallName>(
  name: N,
  takes: Calls[N]['takes'],
  onProgress?: (progress: never) => void,
): Promise<Calls[N]['gives']> =>
  new Promise((resolve, reject) => {
    const { worker, waiting } = workerOf(homes[name])
    const id = ++asked
    waiting.set(id, {
      resolve: resolve as Waiting['resolve'],
      reject,
      onProgress: onProgress as Waiting['onProgress'],
    })
    // A capture is given away: it may be a gigabyte, and the page does not look at it again.
    const given = 'bytes' in takes && takes.bytes.buffer instanceof ArrayBuffer ? [takes.bytes.buffer] : []
    worker.postMessage({ id, name, takes } satisfies Request<N>, given)
  })

/** Ends whatever that kind of worker does; the next call begins with a fresh one. */
export const stop = (name: CallName): void => {
  const home = homes[name]
  const known = workers.get(home)
  if (known === undefined) return
  known.worker.terminate()
  workers.delete(home)
  for (const { reject } of known.waiting.values()) reject(new Stopped())
}

/** The user ended it. */
export class Stopped extends Error {}
