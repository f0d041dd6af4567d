/** `npm run live -- --runs N --seed S`: random runs on this kernel, held against the model. */
import { main } from './program.ts'

process.exitCode = await main(process.argv.slice(2))
