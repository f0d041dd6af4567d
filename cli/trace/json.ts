/** A trace for programs. */
import type { Trace, TraceStep } from '../../traces/index.ts'

export const stepJson = (step: TraceStep) => ({
  event: step.event,
  actor: step.actor,
  rule: step.rule,
  source: step.source,
  ...(step.connection !== undefined && { connection: step.connection }),
  ...(step.note !== '' && { note: step.note }),
  ...(step.effects.length > 0 && { effects: step.effects }),
  changes: step.changes.map(({ minor: _, ...change }) => change),
})

export const traceJson = (trace: Trace) => ({
  ...(trace.loop !== undefined && { loop: trace.loop }),
  steps: trace.steps.map(stepJson),
})
