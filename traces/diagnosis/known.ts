/** What other evidence than the packets decides of the explanations that they leave open. */
import type { AboutConnection } from '../replay/options.ts'
import { type Cause, type Diagnosis, judged } from './diagnosis.ts'

export interface Decided {
  readonly diagnosis: Diagnosis
  /** What other evidence says against the only causes that the packets leave. */
  readonly contradiction?: string
}

/** Causes that counters or the other end's capture deny are ruled out; if none would be left, the evidence contradicts itself. */
export const decidedBy = (d: Diagnosis, about: AboutConnection): Decided => {
  const why = d.causes.map((c) => whyNot(c, about))
  const denied = why.find((words) => words !== undefined)
  if (denied === undefined) return { diagnosis: d }
  const causes = d.causes.map((c, i): Cause => {
    const ruledOut = why[i]
    if (ruledOut === undefined) return c
    const { cost: _, ...rest } = c
    return { ...rest, ruledOut }
  })
  if (causes.some(({ cost }) => cost !== undefined)) return { diagnosis: { ...d, ...judged(causes) } }
  return {
    diagnosis: d,
    contradiction: `${denied}, but the packets show ${d.id}, and leave no other cause than: ${d.cause}`,
  }
}

const whyNot = (c: Cause, { server, beyond }: AboutConnection): string | undefined => {
  if (c.cost === undefined) return undefined
  if (c.meets && c.meets.length > 0) {
    if (server?.neverFull) return 'ListenOverflows did not move'
    if (c.meets.every((n) => beyond?.get(n) === false))
      return 'the other capture, nearer to the server, has none of these packets'
  }
  const arrived = c.loses?.find((n) => beyond?.get(n) === true)
  return arrived === undefined ? undefined : `the other capture, nearer to the server, has packet ${arrived}`
}
