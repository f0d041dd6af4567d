/**
 * What *did* happen: readers of captures and other evidence, replay against the model, diagnosis, and the recorded corpus.
 *
 * Replay asks of each end which runs of the model show exactly these packets. What survives the whole capture is what the
 * end may have been; if nothing does, the first packet that nothing explains is where the stack left the model.
 *
 * @example
 * const report = replay(openCapture('traces/corpus/ghost-connection/ghost-connection.tcpdump.txt'))
 * report.verdict                                  // 'conforms'
 * report.connections[0].diagnoses[0].id           // 'ghost-connection'
 *
 * Read next: `readers/`, `replay/index.ts`, `replay/actors/server-actor.ts`, `diagnosis/ghost.ts`.
 */
export * from './capture.ts'
export type * from './diagnosis/index.ts'
export { diagnoseCapture, diagnosisMeanings } from './diagnosis/index.ts'
export * from './evidence/index.ts'
export * from './follow/index.ts'
export * from './host/index.ts'
export { withForwardedSyns } from './legs/join.ts'
export type { ListenerConclusion } from './listener/index.ts'
export * from './readers/index.ts'
export { type Remedy, readRemedy, remedies } from './remedy/remedy.ts'
export type { WhatIf } from './remedy/whatIf.ts'
export type {
  Alternative,
  Belief,
  Divergence,
  LatePacket,
  ReplayedConnection,
  ReplayVerdict,
  Tap,
} from './replay/index.ts'
export { latePackets } from './replay/index.ts'
export { type ReplayCaptureOptions, type ReplayReport, replay } from './replayCapture.ts'
export type { Host, RuledOut, Setting } from './settings/index.ts'
export * from './writers/index.ts'
