/** Segments in flight between two ends: dragged by pointer, or moved by button and key. */
import { inFlight, type SegmentInFlight } from '../../state/in-flight.ts'
import { words } from '../prefer.ts'
import { choices, world } from '../store.ts'
import { aim, dragging } from './dragging.ts'
import { acts, type Fate } from './fate.ts'
import { SegmentRow } from './segment-row.tsx'

export const InFlight = () => {
  const w = words.value.bench
  const segments = inFlight(
    world.value,
    choices.value.map(({ step }) => step),
  )
  return (
    <section aria-labelledby="in-flight-heading" class="in-flight">
      <h3 id="in-flight-heading">{w.inFlight}</h3>
      {segments.length === 0 ? (
        <p class="quiet">{w.nothingInFlight}</p>
      ) : (
        <>
          <p class="quiet">{w.drag}</p>
          <ul class="segments">
            {segments.map((s, i) => (
              <SegmentRow key={`${i} ${s.text}`} segment={s} />
            ))}
          </ul>
          <div class="bins">
            <Bin fate="lose" segments={segments} />
            <Bin fate="twice" segments={segments} />
          </div>
        </>
      )}
    </section>
  )
}

/** Where a segment is dropped that shall not just arrive. */
const Bin = ({ fate, segments }: { fate: Fate; segments: readonly SegmentInFlight[] }) => {
  const w = words.value.bench
  const held = dragging.value
  const may = held === undefined ? segments.some((s) => acts(s)[fate]) : acts(held)[fate] !== undefined
  return (
    <div class={`bin ${fate} ${held && may ? 'may' : ''} ${aim.value === fate ? 'aimed' : ''}`} data-drop={fate}>
      <span aria-hidden="true">{fate === 'lose' ? '✗' : '2×'}</span> {w[fate]}
    </div>
  )
}
