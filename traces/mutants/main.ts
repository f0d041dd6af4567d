/** `npm run mutants -- [--json] [--most N] [--connections N] DIR…|FILE…`: spoilt captures, and whether replay sees it. */
import { main } from './program.ts'

process.exitCode = main(process.argv.slice(2), process.stdout, process.stderr)
