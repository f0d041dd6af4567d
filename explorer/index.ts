/**
 * The page: served to this machine (`serve`), or written as one file that opens from disk (`standalonePage`).
 *
 * `page/` is what runs in the browser, `worker/` the checker and the replay beside it, `state/` what both know and what an
 * address says, `words/` all wording in both languages, `lessons/` the lessons and how they are read, `server/` the rest.
 *
 * @example
 * const { url, close } = await serve({ opened: { hash: '#/bench?w=ghost-connection' } })
 *
 * Read next: `state/run.ts`, `page/store.ts`, `worker/calls.ts`.
 */
export { openedWith, standalonePage } from './server/opening.ts'
export { type Served, serve } from './server/serve.ts'
export { addressText } from './state/spec.ts'
