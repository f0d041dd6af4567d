/** What may become of a segment in flight. Where this world's wire does no more of it, it is allowed once more. */
import type { Event } from '../../../model/index.ts'
import { inFlight, type SegmentInFlight } from '../../state/in-flight.ts'
import { again } from '../../state/run.ts'
import { address, at, bench, change, choices, steps, takeEvent, taken, world } from '../store.ts'

export const fates = ['deliver', 'lose', 'twice'] as const
export type Fate = (typeof fates)[number]

const budgets = { deliver: 'reordering', lose: 'loss', twice: 'duplication' } as const

export const eventFor = (s: SegmentInFlight, fate: Fate): Event | undefined => s[fate]

/** Of each fate that is possible, how to bring it about. */
export const acts = (s: SegmentInFlight): Partial<Record<Fate, () => void>> =>
  Object.fromEntries(
    fates.flatMap((fate) => {
      const event = eventFor(s, fate)
      if (event !== undefined) return [[fate, () => takeEvent(event)]]
      return mayBeAllowed(s, fate) ? [[fate, () => allow(s, fate)]] : []
    }),
  )

/** Only the oldest is kept as a copy, only another is early; what the model marks as safe is never lost. */
const mayBeAllowed = (s: SegmentInFlight, fate: Fate): boolean => {
  if (fate === 'twice') return !s.overtakes
  if (fate === 'lose') return !s.isSafe && !s.isCopy
  return s.overtakes && !s.isCopy && bench.value.setting.wire.reordering !== 'free'
}

/** The world is rebuilt with one more of it; the path stays what it was, though its events may be numbered anew. */
const allow = (s: SegmentInFlight, fate: Fate): void => {
  const { scenario, overrides } = address.value.world
  const budget = budgets[fate]
  const [here, before] = [at.value, taken.value.steps]
  const more = Number(bench.value.setting.wire[budget]) + 1
  change({ world: { scenario, overrides: { ...overrides, [budget]: more } } })
  const path = again(bench.value, before)
  change({ path, at: Math.min(here, path.length) })
  const found = inFlight(
    world.value,
    choices.value.map(({ step }) => step),
  ).find((other) => isSame(other, s) && eventFor(other, fate) !== undefined)
  const event = found && steps.value.length === here ? eventFor(found, fate) : undefined
  if (event !== undefined) takeEvent(event)
}

const isSame = (a: SegmentInFlight, b: SegmentInFlight): boolean =>
  a.group === b.group && a.to === b.to && a.text === b.text && a.overtakes === b.overtakes
