/**
 * Prints `properties/pins.ts` as the scenarios are now, or with `verdicts` the table of verdicts per profile: `npm run pin`.
 * Whoever pins a difference explains it in the commit.
 */
import { ask, decideAll, pinOf, scenarios } from '../properties/index.ts'

const pins =
  () => `/** What every scenario gives at its default bounds. Made by \`npm run pin\`; a difference has to be explained before it is pinned. */
import type { Pin } from './pin.ts'

export const pins: Readonly<Record<string, Pin>> = ${JSON.stringify(Object.fromEntries(scenarios.map((s) => [s.name, pinOf(ask(s))])), null, 2)}
`

const verdicts =
  () => `/** What every profile gives in the worlds of \`worlds.ts\`. Made by \`npm run pin\`; a difference has to be explained before it is pinned. */
import type { VerdictTable } from './world.ts'

export const verdictTable: VerdictTable = ${JSON.stringify(decideAll(), null, 2)}
`

process.stdout.write(process.argv[2] === 'verdicts' ? verdicts() : pins())
