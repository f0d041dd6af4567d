/** `npm run conform:pages`: the tables of docs/conformance-suite.md, from the stacks themselves. */
import { main } from './program.ts'

process.exitCode = await main(process.argv.slice(2))
