/**
 * A conformance suite for any TCP stack: requirements of RFC 9293 and its neighbours as data, each with a script that plays the peer.
 *
 * @example
 * const judged = await conform(modelTarget('linux-6.18'), requirements)
 * judged.find((j) => j.id === 'MUST-23')?.verdict // 'departs'
 *
 * Read next: `requirements/closed.ts`, `peer.ts`, `targets/model.ts`. Targets that need koffi (`targets/kernel.ts`, `targets/address.ts`)
 * are loaded where they are wanted.
 */
export type { Requirement } from './requirement.ts'
export { leftOut, requirements } from './requirements/index.ts'
export { conform, type Judged, outcomeOf, TIMES } from './run.ts'
export { withSameAs } from './same.ts'
export { type Service, serviceNames, services, type Target } from './target.ts'
export { modelTarget, stackOf } from './targets/model.ts'
export { pipeTarget } from './targets/pipe.ts'
