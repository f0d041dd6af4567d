/**
 * `--memory` and what the whole process takes. It needs /proc, and the program as `npm ci` has compiled it. Larger bounds take
 * minutes: `HALFOPEN_MEMORY=128,512,2048 npx vitest run cli/check/memory.test.ts`.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const main = fileURLToPath(new URL('../../dist/bin/main.js', import.meta.url))

/** MiB that Node, the program and the allocator take beside what is bounded (docs/engine.md). */
const BESIDES = 160

const megabytes = (process.env.HALFOPEN_MEMORY ?? '128').split(',').map(Number)

/** The most that the process has held so far, in MiB. */
const peakOf = (pid: number): number => {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0 // it has ended
  }
}

const run = (
  args: readonly string[],
): Promise<{ readonly said: string; readonly code: number | null; readonly peak: number }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'ignore'] })
    let [said, peak] = ['', 0]
    const watch = setInterval(() => {
      peak = Math.max(peak, peakOf(child.pid!))
    }, 20)
    child.stdout.on('data', (text) => {
      said += text
    })
    child.on('close', (code) => {
      clearInterval(watch)
      resolve({ said, code, peak })
    })
  })

describe.skipIf(!existsSync('/proc/self/status') || !existsSync(main))('a search that its bound of memory ends', () => {
  test.each(
    megabytes.flatMap((size) => [
      [size, 'explicit', ['ghost-connection', '--clients', '3', '--property', 'Q1']] as const,
      [size, 'symbolic', ['handshake', '--clients', '5', '--property', 'Q1']] as const,
    ]),
  )(
    '%i MiB, %s: inconclusive, the bound is said, and the process takes no more',
    {
      timeout: 1_800_000,
    },
    async (size, engine, world) => {
      const { said, code, peak } = await run(['check', ...world, '--engine', engine, '--memory', `${size}M`, '--json'])
      expect(code).toBe(3)
      expect(JSON.parse(said)).toMatchObject({
        exhausted: false,
        bound: 'memory',
        verdict: 'inconclusive',
        properties: [{ id: 'Q1', verdict: 'inconclusive' }],
      })
      expect(peak).toBeGreaterThan(size / 4)
      expect(peak).toBeLessThan(size + BESIDES)
    },
  )
})
