/** The program as a process. It needs what `npm ci` (or `npx tsc`) has compiled. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { unwrapped } from './testing/halfopen.ts'

const main = fileURLToPath(new URL('../dist/bin/main.js', import.meta.url))

const start = (...args: string[]): ChildProcess =>
  spawn(process.execPath, [main, ...args], { env: { ...process.env, HALFOPEN_PROGRESS: '1' } })

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const ended = (child: ChildProcess): Promise<Ended> =>
  new Promise((resolve) => {
    let [out, err] = ['', '']
    child.stdout!.on('data', (data) => {
      out += data
    })
    child.stderr!.on('data', (data) => {
      err += data
    })
    child.on('close', (code) => resolve({ code, out, err }))
  })

describe.skipIf(!existsSync(main))('halfopen as a process', () => {
  test('a document larger than a pipe arrives whole', async () => {
    const { code, out } = await ended(start('check', 'accept-queue', '--json'))
    expect(code).toBe(0)
    expect(JSON.parse(out).scenario).toBe('accept-queue')
  })

  test('its exit code is that of the program', async () => {
    const { code, err } = await ended(start('check', 'nothing-of-the-kind'))
    expect(code).toBe(2)
    expect(err).toMatch(/^halfopen: scenario: .*\[E_SCENARIO\]\n$/)
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('%s: the partial result, and 130', async (signal) => {
    const child = start('check', 'ghost-connection', '--full', '--loss', '2', '--property', 'Q1')
    child.stderr!.once('data', () => child.kill(signal))
    const { code, out } = await ended(child)
    expect(code).toBe(130)
    expect(unwrapped(out)).toContain('not everything was explored: interrupted')
  })

  test('a reader that goes away is no fault', async () => {
    const child = start('list')
    child.stdout!.destroy()
    const { code, err } = await ended(child)
    expect([code, err]).toEqual([0, expect.not.stringContaining('EPIPE')])
  })
})
