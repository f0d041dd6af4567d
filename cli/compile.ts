/** Compiles the program for `npm start`, by running what people run most: the last part of `npm run bundle`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compiled } from './compiled.ts'
import { packageFolder } from './package.ts'
import { collectAsUsual } from './replay/memory.ts'

const file = join(packageFolder(), 'dist', 'bin', 'program.cjs')
const published = join(packageFolder(), 'traces', 'corpus', 'ghost-connection', 'ghost-connection.tcpdump.txt')

rmSync(`${file}.cache`, { force: true })
const { exports, keep } = compiled<typeof import('./program.ts')>(file)
const silent = { out: () => {}, err: () => {}, isTTY: { out: false, err: false }, env: {} }
for (const args of [['replay', published, '--explain'], ['check', 'handshake'], ['--help']])
  await exports.run(args, { ...silent, shouldStop: () => false })
// A start has the flags of V8 that it begins with.
collectAsUsual()
keep()

/** The manual page, for npm to install. */
const man: string[] = []
await exports.run(['man'], { ...silent, out: (text) => man.push(text), shouldStop: () => false })
mkdirSync(join(packageFolder(), 'dist', 'man'), { recursive: true })
writeFileSync(join(packageFolder(), 'dist', 'man', 'halfopen.1'), man.join(''))
