/** The package as npm would publish it, in an empty folder. It needs what `npm run bundle` has made. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')

/** Lines of README that begin with `npx halfopen`, without those that need another program or machine, or never end. */
const commands = [...readme.replaceAll(/\\\n\s*/g, '').matchAll(/^npx halfopen (.*?)(?:\s+#.*)?$/gm)]
  .map(([, args]) => args!)
  .filter((args) => !/^explore|--shard|pipe:/.test(args))

describe.skipIf(!existsSync(join(root, 'dist', 'bin', 'main.js')))(
  'npm pack, and installed into an empty folder',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'halfopen-pack-'))
    const installed = join(folder, 'node_modules', 'halfopen')

    beforeAll(() => {
      // A package of its own: a folder above this one may hold a package.json of another name, or of this name.
      writeFileSync(join(folder, 'package.json'), '{ "name": "empty", "private": true }\n')
      // No network: what it depends on is linked from here.
      execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: root })
      const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
      mkdirSync(installed, { recursive: true })
      execFileSync('tar', ['-xzf', join(folder, tarball!), '-C', installed, '--strip-components=1'])
      const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
      for (const name of Object.keys(dependencies)) {
        const link = join(folder, 'node_modules', name)
        mkdirSync(dirname(link), { recursive: true })
        symlinkSync(join(root, 'node_modules', name), link)
      }
    }, 300_000)

    /** In the folder of the package, which README's paths are written for. */
    const halfopen = (args: string, cwd = installed): string => {
      const words = (args.match(/'[^']*'|"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^(['"])(.*)\1$/, '$2'))
      try {
        return execFileSync(process.execPath, [join(installed, 'dist', 'bin', 'main.js'), ...words], {
          cwd,
          encoding: 'utf8',
          stdio: 'pipe',
          maxBuffer: 2 ** 28,
        })
      } catch (error) {
        const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string }
        // 1: something is violated; 3: random runs decide nothing. As README says.
        if (status !== 1 && status !== 3) throw new Error(`exit ${status}: ${stderr}`)
        return stdout
      }
    }

    test('README has commands', () => expect(commands.length).toBeGreaterThan(5))

    test.each(commands)('npx halfopen %s', { timeout: 300_000 }, (args) => {
      expect(halfopen(args)).not.toBe('')
    })

    test('the documents and the examples are there', () => {
      for (const file of ['docs/checker.md', 'docs/walk-through.md', 'README.md', 'LICENSE', 'dist/man/halfopen.1'])
        expect([file, existsSync(join(installed, file))]).toEqual([file, true])
    })

    test('a scenario of its own is written and checked, and the library is imported by its name', {
      timeout: 300_000,
    }, () => {
      halfopen('init mine.js', folder)
      expect(halfopen('check ./mine.js --property ONE-WAITS --backlog 0', folder)).toMatch(
        /ONE-WAITS +invariant +holds/,
      )
      const program = "import { check, mutex } from 'halfopen/checker'; console.log(check(mutex, []).states)"
      writeFileSync(join(folder, 'program.mjs'), program)
      expect(execFileSync(process.execPath, [join(folder, 'program.mjs')], { encoding: 'utf8' })).toBe('8\n')
    })
  },
)
