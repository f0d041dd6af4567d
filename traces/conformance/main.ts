/** `npm run conformance -- [--json] DIR…`: every folder held against the model. */
import { main } from './program.ts'

process.exitCode = main(process.argv.slice(2), process.stdout, process.stderr)
