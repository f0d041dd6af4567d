/** Keeping a search in a directory, as a user meets it. */
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { halfopen } from '../testing/halfopen.ts'

const CHECK = 'check accept-queue --property Q1,FULL'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'checkpoint-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

// biome-ignore lint/suspicious/noExplicitAny: whatever check says
const timeless = (out: string): any => ({ ...JSON.parse(out), seconds: 0 })

/** A check that was interrupted in the middle of its search. */
const interrupted = async (): Promise<string> => {
  const place = join(folder, 'kept')
  let polls = 0
  const shouldStop = (): boolean => existsSync(join(place, 'checkpoint')) && ++polls > 15
  const ran = await halfopen(`${CHECK} --checkpoint ${place}`, { shouldStop })
  expect(ran.code).toBe(130)
  return place
}

describe('check --checkpoint', () => {
  test('interrupted, then resumed: the document of an undisturbed check', async () => {
    const place = await interrupted()
    const { code, out, err } = await halfopen(`${CHECK} --json --resume ${place}`)
    const whole = await halfopen(`${CHECK} --json`)
    expect(err).toMatch(/^resumed from .*kept: [\d,]+ states, depth \d+\n$/)
    expect(code).toBe(whole.code)
    expect(timeless(out)).toEqual(timeless(whole.out))
  })

  test('while another process uses the directory: refused; what a process that is gone has left: taken', async () => {
    const place = await interrupted()
    writeFileSync(join(place, 'lock'), `1 ${hostname()}\n`)
    const { code, err } = await halfopen(`${CHECK} --resume ${place}`)
    expect(code).toBe(2)
    expect(err).toMatch(/is in use by process 1 on .*\[E_OTHER_CHECKPOINT\]\n$/)
    writeFileSync(join(place, 'lock'), `4194303 ${hostname()}\n`)
    expect((await halfopen(`${CHECK} --resume ${place}`)).err).toContain('resumed from ')
  })

  test('--checkpoint DIR --resume names the directory once', async () => {
    const place = await interrupted()
    expect((await halfopen(`${CHECK} --checkpoint ${place} --resume`)).err).toContain('resumed from ')
  })

  test('what is finished can be resumed, too: nothing is left to search', async () => {
    const place = join(folder, 'kept')
    const first = await halfopen(`${CHECK} --json --checkpoint ${place}`)
    const again = await halfopen(`${CHECK} --json --resume ${place}`)
    expect(timeless(again.out)).toEqual(timeless(first.out))
  })

  test('interrupted before its search begins: nothing is kept, and that is said', async () => {
    const place = join(folder, 'kept')
    let polls = 0
    const { code, err } = await halfopen(`${CHECK} --checkpoint ${place}`, { shouldStop: () => ++polls > 1 })
    expect([code, existsSync(join(place, 'checkpoint'))]).toEqual([130, false])
    expect(err).toContain('the check ended before its search began')
  })

  test('sets of states are not kept, and that is said', async () => {
    const place = join(folder, 'kept')
    const { err } = await halfopen(`check accept-queue --clients 9 --time 1 --checkpoint ${place}`)
    expect(err).toContain('sets of states are not kept in')
  })
})

describe('refused in one line, with place, cause, remedy and code', () => {
  const refused = async (line: string, code: number, words: string): Promise<void> => {
    const ran = await halfopen(line)
    expect([ran.code, ran.out]).toEqual([code, ''])
    expect(ran.err).toMatch(/^halfopen: .+: .+; .+ \[E_[A-Z_]+\]\n$/)
    expect(ran.err).toContain(words)
  }

  test('a directory without a checkpoint, or none at all', async () => {
    await refused(`${CHECK} --resume ${folder}`, 4, `there is no checkpoint in ${folder} to go on from`)
    await refused(`${CHECK} --resume ${folder}/none`, 4, '[E_CHECKPOINT]')
  })

  test('another world, kernel or set of properties', async () => {
    const place = await interrupted()
    for (const line of ['check accept-queue-backlog-2', `${CHECK} --kernel linux-4.9`, `${CHECK},Q9`]) {
      await refused(`${line} --resume ${place}`, 2, 'it was made by "halfopen check accept-queue --property Q1,FULL"')
      await refused(`${line} --checkpoint ${place}`, 2, 'choose another place, or delete it [E_OTHER_CHECKPOINT]')
    }
  })

  test('a checkpoint of the same check, when nobody said resume', async () => {
    const place = await interrupted()
    await refused(`${CHECK} --checkpoint ${place}`, 2, 'resume it, or delete it [E_OTHER_CHECKPOINT]')
  })

  test.each<[string, (place: string) => void]>([
    ['cut off', (place) => truncateSync(join(place, 'checkpoint'), 300)],
    ['without its states', (place) => rmSync(join(place, 'states'))],
    ['with states cut off', (place) => truncateSync(join(place, 'states'), 100)],
    ['of something else', (place) => writeFileSync(join(place, 'checkpoint'), 'MZ\u0000\u0001')],
    [
      'with a changed number',
      (place) => {
        const file = join(place, 'checkpoint')
        writeFileSync(file, readFileSync(file, 'utf8').replace('"transitions":', '"transitions":1'))
      },
    ],
  ])('a checkpoint %s', async (_, damage) => {
    const place = await interrupted()
    damage(place)
    await refused(`${CHECK} --resume ${place}`, 4, 'delete it and begin anew [E_CHECKPOINT]')
  })

  test('a place where nothing can be written', async () => {
    writeFileSync(join(folder, 'file'), '')
    await refused(`${CHECK} --checkpoint ${folder}/file/kept`, 4, 'cannot be read')
    chmodSync(folder, 0o500)
    if (process.getuid?.() !== 0) await refused(`${CHECK} --checkpoint ${folder}/kept`, 2, '[E_OUTPUT]')
    chmodSync(folder, 0o700)
  })

  test.each([
    ['check --checkpoint d', 'name one scenario'],
    ['check close reset --checkpoint d', 'name one scenario'],
    ['check ghost-connection --remedies --checkpoint d', 'name one scenario'],
    ['check close --every 5s', 'say where with --checkpoint DIR'],
    ['check close --checkpoint d --every soon', 'seconds'],
    ['check close --resume', 'write --resume DIR'],
    ['check close --resume a --checkpoint b', 'write --resume DIR alone'],
    ['check close --engine symbolic --checkpoint d', 'use --engine explicit'],
  ])('halfopen %s', (line, words) => refused(line, 2, words))
})

const main = fileURLToPath(new URL('../../dist/bin/main.js', import.meta.url))

describe.skipIf(!existsSync(main))('as a process', () => {
  const LARGE = ['check', 'ghost-connection', '--property', 'Q1,GHOST', '--json']

  const run = (args: readonly string[], stopWhen: () => boolean, signal: NodeJS.Signals) =>
    new Promise<{ code: number | null; out: string }>((resolve) => {
      const child = spawn(process.execPath, [main, ...LARGE, ...args], { stdio: ['ignore', 'pipe', 'ignore'] })
      let out = ''
      child.stdout.on('data', (data) => {
        out += data
      })
      const timer = setInterval(() => {
        if (!stopWhen()) return
        child.kill(signal)
        clearInterval(timer)
      }, 5)
      child.on('close', (code) => {
        clearInterval(timer)
        resolve({ code, out })
      })
    })

  test('killed three times (SIGKILL, SIGKILL, SIGINT), then resumed: the document of an undisturbed check', async () => {
    const place = join(folder, 'kept')
    const file = join(place, 'checkpoint')
    let before = ''
    const hasGrown = (): boolean => existsSync(file) && readFileSync(file, 'utf8') !== before
    for (const signal of ['SIGKILL', 'SIGKILL', 'SIGINT'] as const) {
      const where = before === '' ? ['--checkpoint', place] : ['--resume', place]
      const { code, out } = await run([...where, '--every', '0.1s'], hasGrown, signal)
      expect(code).toBe(signal === 'SIGINT' ? 130 : null)
      if (signal === 'SIGINT') expect(JSON.parse(out)).toMatchObject({ exhausted: false, bound: 'stopped' })
      before = readFileSync(file, 'utf8')
    }
    const never = () => false
    const resumed = await run(['--resume', place], never, 'SIGKILL')
    const whole = await run([], never, 'SIGKILL')
    expect(timeless(resumed.out)).toEqual(timeless(whole.out))
    expect(timeless(whole.out).exhausted).toBe(true)
  })
})
