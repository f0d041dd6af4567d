/** Shards run by GNU parallel. It needs GNU parallel, and the program as `npm ci` has compiled it. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { profileNames } from '../../model/index.ts'
import { halfopen } from '../testing/halfopen.ts'

const main = fileURLToPath(new URL('../../dist/bin/main.js', import.meta.url))

const hasParallel = (() => {
  try {
    return execFileSync('parallel', ['--version'], { stdio: 'pipe' }).toString().startsWith('GNU parallel')
  } catch {
    console.warn('GNU parallel is not installed: that it runs the shards of a matrix is not tested')
    return false
  }
})()

test.skipIf(!hasParallel || !existsSync(main))(
  'GNU parallel runs four shards: merged, nothing is missing',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'halfopen-'))
    try {
      const out = join(folder, 'results')
      const command = `${process.execPath} ${main} check --matrix 'scenario=SYN-queue-limit; kernel=all' --shard {}/4 --out ${out}`
      execFileSync('parallel', ['--will-cite', '--jobs', '2', command, ':::', '1', '2', '3', '4'], { stdio: 'ignore' })
      const { out: text } = await halfopen(['merge', out])
      expect(text).toContain(`\n${profileNames.length} results of ${profileNames.length}\n`)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
)
