/** What every scenario gives at its default bounds. Made by `npm run pin`; a difference has to be explained before it is pinned. */
import type { Pin } from './ask.ts'

export const pins: Readonly<Record<string, Pin>> = {}
