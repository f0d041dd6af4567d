/**
 * Replays one connection: does the model allow what the capture shows, and what must both ends have been? The readings of the
 * capture are held against the model in their order: the first that it explains tells, else the one that it explains farthest.
 */
import type { Connection } from '../capture.ts'
import { type Explained, explain, explainsUpTo, mayExplainAll } from './explain.ts'
import type { Candidates, ReplayOptions } from './options.ts'
import { type Observation, observationsOf } from './packets/observation.ts'
import { withTailLossProbe } from './packets/tail-loss-probe.ts'
import {
  type Captured,
  completed,
  plainReading,
  type Reading,
  readingsAfter,
  setAside,
  testified,
} from './readings/index.ts'
import type { Replayed } from './replayed.ts'
import { notReplayed, replayedAs } from './result.ts'
import { Budget } from './search/budget.ts'
import { isDivergence, isExplained, judge } from './verdict.ts'

export const replayConnection = (c: Connection, candidates: Candidates, options: ReplayOptions = {}): Replayed => {
  const captured = capturedOf(c, options)
  const reading = plainReading(captured)
  const reason = whyNot(c, reading.packets)
  if (reason !== undefined) return notReplayed(captured, reading, candidates, reason)
  const budget = new Budget(options.bounds)
  const { base, plain } = explainAsTestified(reading, captured, candidates, budget)
  if (!isDivergence(plain)) return replayedAs(captured, reading, judge(plain))
  const other = explainOtherwise(plain, base, captured, candidates, budget)
  const judged = judge(plain, other, budget.met)
  if (other !== undefined) return replayedAs(captured, reading, judged)
  const onward = explainOnward(plain, base, captured, candidates)
  return replayedAs(captured, reading, { ...judged, ...(onward && { onward }) })
}

/** Packets that are set aside, one after the other, to tell what follows; and hypotheses that it may cost. */
const MOST_ASIDE = 3
const MOST_ONWARD = 50_000

/** Without the packet that nothing explains, what follows may be explained, and so on. */
const explainOnward = (
  plain: Explained,
  base: Reading,
  captured: Captured,
  candidates: Candidates,
): Explained | undefined => {
  const budget = new Budget({ ...captured.options.bounds, hypotheses: MOST_ONWARD })
  let farthest: Explained | undefined
  let reading = base
  for (let n = 0; n < MOST_ASIDE && !budget.isSpent; n++) {
    const { failure } = farthest ?? plain
    if (failure === undefined || failure.cut) break
    reading = setAside(reading, failure.packet)
    const found = explainFarthest(reading, captured, candidates, budget)
    if (explainsUpTo(found) <= explainsUpTo(farthest ?? plain)) break
    farthest = found
  }
  return farthest
}

/** The capture as it stands, or with what both ends testify to, where that is explained farther: other readings begin there. */
const explainAsTestified = (reading: Reading, captured: Captured, candidates: Candidates, budget: Budget) => {
  let best: { readonly base: Reading; readonly plain: Explained } | undefined
  const filled = testified(reading, captured)
  for (const base of filled.length > 0 ? filled : [reading]) {
    const plain = explainFarthest(base, captured, candidates, budget)
    if (best === undefined || explainsUpTo(plain) > explainsUpTo(best.plain)) best = { base, plain }
    if (plain.failure === undefined) break
  }
  return best!
}

/** So many packets take more room than it takes time to make them again: a search looks at none of them. */
const MANY = 10_000

const capturedOf = (connection: Connection, options: ReplayOptions): Captured => {
  const { tapAt } = options.limits ?? {}
  const observations = observationsOf(connection)
  const observed = tapAt ? withTailLossProbe(connection, observations, tapAt) : observations
  return { connection, observed, options }
}

/** What cannot be replayed yet. */
const whyNot = (c: Connection, packets: readonly Observation[]): string | undefined => {
  if (packets.length === 0) return 'the connection has no packets'
  const withText = packets.find(({ flags, len }) => flags === 'S' && len > 0)
  if (withText !== undefined)
    return `packet ${withText.packet}, a SYN, carries ${withText.len} byte${withText.len > 1 ? 's' : ''} of text: TCP Fast Open (RFC 7413) is not modelled`
  const isRelative = c.numbering.client === 'relative' || c.numbering.server === 'relative'
  if (isRelative && packets.some(({ flags }) => flags.includes('S')))
    return 'the capture gives relative sequence numbers beside absolute ones, and does not show the SYN they count from'
  return undefined
}

/** The first of its histories that the model explains, or of which it can say nothing; else the one that it explains farthest. */
const explainFarthest = (reading: Reading, captured: Captured, candidates: Candidates, budget: Budget): Explained => {
  let best: Explained | undefined
  const histories = completed(reading, captured)
  if (reading.packets.length > MANY) captured.connection.forgetPackets?.()
  for (const one of histories) {
    const found = explain(one, candidates, captured.options, budget)
    if (best === undefined || explainsUpTo(found) > explainsUpTo(best)) best = found
    if (found.failure?.cut || explainsUpTo(found) === Number.POSITIVE_INFINITY) break
  }
  return best!
}

const explainOtherwise = (
  { failure }: Explained,
  reading: Reading,
  captured: Captured,
  candidates: Candidates,
  budget: Budget,
): Explained | undefined => {
  for (const other of readingsAfter(reading, captured, failure!))
    for (const one of completed(other, captured)) {
      if (!mayExplainAll(one, candidates, captured.options, budget)) continue
      const found = explain(one, candidates, captured.options, budget)
      if (isExplained(found)) return found
    }
  return undefined
}
