/** SPIN on the same small system: `spin` and `gcc` have to be installed. */
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { settingsOf } from './cases.ts'
import type { Measured } from './measured.ts'

const flags = ['-O2', '-DSAFETY', '-DNOFAIR', '-DNOBOUNDCHECK', '-DNOREDUCE']

/** From the built package the sources are two folders up. */
const peers = ['./peers/', '../../../checker/bench/peers/'].map((path) => fileURLToPath(new URL(path, import.meta.url)))

/**
 * @param stopAt states after which the run is ended: what is measured is then the time to get that far
 * @throws Error when `spin` or `gcc` is missing
 */
export async function measureSpin(name: string, stopAt?: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'spin-'))
  try {
    const { clients, retries, losses } = settingsOf[name]!
    const defines = [`-DN=${clients}`, `-DR=${retries}`, `-DLOSS=${losses}`]
    const source = peerFile('tcp.pml')
    execFileSync('spin', ['-a', ...defines, source], { cwd: folder, stdio: 'pipe' })
    execFileSync('gcc', [...flags, '-o', 'pan', 'pan.c'], { cwd: folder, stdio: 'pipe' })
    return await run(join(folder, 'pan'), folder, stopAt)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export function peerFile(name: string): string {
  const found = peers.find((folder) => {
    try {
      execFileSync('test', ['-f', join(folder, name)])
      return true
    } catch {
      return false
    }
  })
  return join(found ?? peers[0]!, name)
}

function run(pan: string, cwd: string, stopAt = Number.POSITIVE_INFINITY): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(pan, ['-E', '-n', '-w22', '-m100000'], { cwd })
    let text = ''
    child.on('error', reject)
    child.stdout.on('data', (data) => {
      text += data
      if (lastProgress(text) >= stopAt) child.kill()
    })
    child.on('close', () => {
      const seconds = (performance.now() - started) / 1000
      const read = (pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? 0)
      const stored = read(/(\d+) states, stored/)
      const states = stored > 0 ? stored : lastProgress(text)
      const memory = [...text.matchAll(/([\d.]+)\s+total actual memory|Memory=\s*([\d.]+)/g)].at(-1)
      const peakMB = Math.round(Number(memory?.[1] ?? memory?.[2] ?? 0))
      resolve({ states, transitions: read(/(\d+) transitions/), seconds, peakMB })
    })
  })
}

function lastProgress(text: string): number {
  return Number([...text.matchAll(/States=\s*([\d.e+]+)/g)].at(-1)?.[1] ?? 0)
}
