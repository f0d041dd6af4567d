/**
 * Prints `properties/pins.ts` as the scenarios are now, with `verdicts` the table of verdicts per profile (`npm run pin`), with
 * `every` the verdicts for every number of clients (`npm run pin:every`).
 * Whoever pins a difference explains it in the commit.
 */
import { ask, askForEvery, decideAll, pinOf, scenarios, verdictsOfEvery } from '../properties/index.ts'

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

const every =
  () => `/** What every scenario gives for every number of clients. Made by \`npm run pin:every\`; a difference has to be explained before it is pinned. */
import type { EveryPin } from './pin.ts'

export const everyPins: Readonly<Record<string, EveryPin>> = ${JSON.stringify(Object.fromEntries(scenarios.map((s) => [s.name, verdictsOfEvery(askForEvery(s))])), null, 2)}
`

const made: Readonly<Record<string, () => string>> = { verdicts, every }
process.stdout.write((made[process.argv[2] ?? ''] ?? pins)())
