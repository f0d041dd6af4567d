import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { halfopen } from '../testing/halfopen.ts'

const completed = async (...words: string[]): Promise<string[]> =>
  (await halfopen(['complete', '--', ...words])).out.split('\n').map((line) => line.split('\t')[0]!)

describe('completion', () => {
  test.each([
    [['che'], 'check'],
    [['check', 'ghost'], 'ghost-connection'],
    [['explain', 'ListenOv'], 'ListenOverflows'],
    [['check', '--kernel', 'linux-4'], 'linux-4.4'],
    [['check', '--engine', ''], 'symbolic'],
    [['check', '--proper'], '--property'],
    [['replay', '--fol'], '--follow'],
  ])('%j: %s', async (words, expected) => {
    expect(await completed(...words)).toContain(expected)
  })

  test.each(['bash', 'zsh', 'fish'])('%s: a script that asks halfopen', async (shell) => {
    const { code, out } = await halfopen(`completion ${shell}`)
    expect([code, out]).toEqual([0, expect.stringContaining('halfopen complete')])
  })

  test('bash takes the script', async () => {
    const { out } = await halfopen('completion bash')
    execFileSync('bash', ['-n'], { input: out })
  })

  test('another shell: said', async () => {
    expect(await halfopen('completion csh')).toMatchObject({
      code: 2,
      err: expect.stringContaining('give bash, zsh, fish'),
    })
  })
})

describe('the manual page', () => {
  test('has every command and flag that --help has', async () => {
    const { out } = await halfopen('man')
    expect(out).toMatch(/^\.TH HALFOPEN 1 /)
    const plain = out.replaceAll('\\-', '-').replace(/\\f[BIR]/g, '')
    for (const command of ['check', 'replay', 'simulate', 'graph', 'list', 'trace show']) {
      expect(plain).toContain(`.SS halfopen ${command}`)
      const { out: help } = await halfopen(`${command} --help`)
      for (const [flag] of help.matchAll(/(?<=^ {2}(?:-\w, )?)--[\w-]+/gm)) expect(plain).toContain(flag)
    }
  })
  test('no line of it is taken for a request that roff does not have', async () => {
    const { out } = await halfopen('man')
    for (const line of out.split('\n')) if (/^[.']/.test(line)) expect(line).toMatch(/^\.(TH|SH|SS|TP|PP|B|BR)\b/)
  })
})
