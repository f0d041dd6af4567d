/** A graph waits for its worker: that is begun by the script in the head, while the page's own script is still on its way. */
declare global {
  /** Set by that script. */
  var halfopenGraphWorker: Worker | undefined
}

export const beginGraphWorker = (): void => {
  if (location.hash.startsWith('#/graph'))
    globalThis.halfopenGraphWorker = new Worker('graph-worker.js', { type: 'module' })
}

/** Gives it once. */
export const takeEarlyWorker = (): Worker | undefined => {
  const early = globalThis.halfopenGraphWorker
  globalThis.halfopenGraphWorker = undefined
  return early
}
