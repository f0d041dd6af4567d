/** The program as a process. It needs what `npm ci` (or `npx tsc`) has compiled. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { unwrapped } from './testing/halfopen.ts'

const main = fileURLToPath(new URL('../dist/bin/main.js', import.meta.url))

const start = (...args: string[]): ChildProcess =>
  spawn(process.execPath, [main, ...args], { env: { ...process.env, HALFOPEN_PROGRESS: '1' } })

/** The test needs root, to run a command as another user, and namespaces that such a user may make. */
const whyNot = process.getuid?.() === 0 ? whyNotUnprivileged() : 'it needs root, to give it up'
if (whyNot !== undefined) console.warn(`SKIPPED: a live command without root: ${whyNot}`)

function whyNotUnprivileged(): string | undefined {
  const { status } = spawnSync('unshare', ['-Urn', 'test', '-r', main], {
    uid: 65_534,
    gid: 65_534,
  })
  return status === 0 ? undefined : 'namespaces of users are forbidden here, or this folder cannot be read without root'
}

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

  /** A user without rights: the same line is run anew in a namespace of users. */
  test.skipIf(whyNot !== undefined)(
    'without root, a command that needs namespaces is run anew with its arguments',
    async () => {
      const child = spawn(process.execPath, [main, 'conform', 'kernel', '--requirement', 'MUST-10'], {
        uid: 65_534,
        gid: 65_534,
      })
      const { code, out } = await ended(child)
      expect(out).toMatch(/kernel:linux-\S+: 1 requirement: 1 met/)
      expect(code).toBe(0)
    },
  )

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
