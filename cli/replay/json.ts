/** A replayed file, for programs. */
import type { ReplayReport } from '../../traces/index.ts'
import { conclusionOf } from './conclusion.ts'
import type { ReplayedFile } from './file.ts'

export const replayJson = ({ capture, replayed, report, evidence, diagnoses }: ReplayedFile) => ({
  ...report,
  conclusion: conclusionOf({ report, replayed, diagnoses }),
  reason: reasonOf(report),
  diagnoses,
  ...evidence,
  ...(capture.script && { script: capture.script }),
})

/** Why the whole is inconclusive: the first connection that is, or that there is nothing. */
const reasonOf = ({ verdict, connections, listeners, interrupted }: ReplayReport): string | undefined =>
  verdict !== 'inconclusive'
    ? undefined
    : ((interrupted && 'it was interrupted') ??
      connections.find((c) => c.reason !== undefined)?.reason ??
      listeners.flatMap(({ conflicts }) => conflicts)[0]?.words ??
      'the capture has no TCP packet')
