/** What every scenario gives for every number of clients. Made by `npm run pin:every`; a difference has to be explained before it is pinned. */
import type { EveryPin } from './pin.ts'

export const everyPins: Readonly<Record<string, EveryPin>> = {}
