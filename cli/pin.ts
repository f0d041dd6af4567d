/** Prints `properties/pins.ts` as the scenarios are now: `npm run pin`. Whoever pins a difference explains it in the commit. */
import { ask, pinOf, scenarios } from '../properties/index.ts'

const pins = Object.fromEntries(scenarios.map((s) => [s.name, pinOf(ask(s))]))

process.stdout.write(`/** What every scenario gives at its default bounds. Made by \`npm run pin\`; a difference has to be explained before it is pinned. */
import type { Pin } from './pin.ts'

export const pins: Readonly<Record<string, Pin>> = ${JSON.stringify(pins, null, 2)}
`)
