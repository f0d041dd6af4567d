import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { whyNoUml } from './boot.ts'
import { runInUml } from './command.ts'

const halfopen = fileURLToPath(new URL('../../../dist/bin/main.js', import.meta.url))
const whyNot = whyNoUml() ?? (existsSync(halfopen) ? undefined : 'the program is not built: npm run prepare')
if (whyNot !== undefined) console.warn(`SKIPPED: commands on a second kernel: ${whyNot}`)

const said = async (...args: string[]) => {
  let [out, err] = ['', '']
  const streams = { out: (text: string) => (out += text), err: (text: string) => (err += text) }
  return { code: await runInUml([halfopen, ...args], streams), out, err }
}

test.skipIf(whyNot !== undefined)(
  'a command runs in the second kernel: what it prints and its exit code come back',
  { timeout: 240_000 },
  async () => {
    const { code, out, err } = await said('conform', 'uml', '--requirement', 'LISTEN-SYN,MUST-23', '--time', '3')
    expect(out).toMatch(/kernel:linux-6\.1\S*: 2 requirements: 1 met, 0 departed from \(0 MUST\), 1 not decided/)
    expect([code, err]).toEqual([3, ''])
  },
)

test.skipIf(whyNot !== undefined)('an interrupt ends the kernel', { timeout: 60_000 }, async () => {
  const began = performance.now()
  const never = { out: () => {}, err: () => {}, shouldStop: () => performance.now() - began > 500 }
  expect(await runInUml([halfopen, 'learn', 'uml'], never)).toBe(130)
})
