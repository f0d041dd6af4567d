import type { Event } from '../../../model/index.ts'
import { inFlight, type SegmentInFlight } from '../../state/in-flight.ts'
import { words } from '../prefer.ts'
import { address, bench, choices, setWorld, takeEvent, world } from '../store.ts'

export const InFlight = () => {
  const w = words.value.bench
  const segments = inFlight(
    world.value,
    choices.value.map(({ step }) => step),
  )
  return (
    <section aria-labelledby="in-flight-heading">
      <h3 id="in-flight-heading">{w.inFlight}</h3>
      {segments.length === 0 ? (
        <p class="quiet">{w.nothingInFlight}</p>
      ) : (
        <ul class="segments">
          {segments.map((s, i) => (
            <SegmentRow key={`${i} ${s.text}`} segment={s} />
          ))}
        </ul>
      )}
    </section>
  )
}

const SegmentRow = ({ segment: s }: { segment: SegmentInFlight }) => {
  const w = words.value.bench
  const several = bench.value.initial.groups.length > 1
  return (
    <li class={`segment ${s.to}`}>
      <span class="arrow" aria-hidden="true">
        {s.to === 'server' ? '→' : '←'}
      </span>
      <code>{s.text}</code>
      <span class="quiet">
        {several ? `${w.connection(s.group + 1)}, ` : ''}
        {w.to[s.to]}
        {s.age > 0 ? `, ${w.age(s.age)}` : ''}
      </span>
      <span class="acts">
        <Act event={s.deliver} words={s.overtakes ? w.ahead : w.deliver} of={s.text} />
        {s.twice && <Act event={s.twice} words={w.twice} of={s.text} />}
        {s.lose ? <Act event={s.lose} words={w.lose} of={s.text} /> : <AllowLoss segment={s} />}
      </span>
    </li>
  )
}

const Act = ({ event, words: text, of }: { event: Event | undefined; words: string; of: string }) =>
  event === undefined ? null : (
    <button type="button" onClick={() => takeEvent(event)} aria-label={`${text}: ${of}`}>
      {text}
    </button>
  )

/** The wire of this world loses no more: it is allowed one more loss, and the path stays what it was. */
const AllowLoss = ({ segment }: { segment: SegmentInFlight }) => {
  const w = words.value.bench
  if (segment.overtakes) return null
  const allow = () => {
    const { scenario, overrides } = address.value.world
    setWorld({ scenario, overrides: { ...overrides, loss: bench.value.setting.wire.loss + 1 } })
    const found = inFlight(
      world.value,
      choices.value.map(({ step }) => step),
    ).find(({ group, to, text, lose }) => group === segment.group && to === segment.to && text === segment.text && lose)
    if (found?.lose) takeEvent(found.lose)
  }
  return (
    <button type="button" class="minor" onClick={allow} aria-label={`${w.allowLoss}: ${segment.text}`}>
      {w.allowLoss}
    </button>
  )
}
