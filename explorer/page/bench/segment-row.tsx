import type { SegmentInFlight } from '../../state/in-flight.ts'
import { words } from '../prefer.ts'
import { bench } from '../store.ts'
import { aim, dragged, dragging } from './dragging.ts'
import { acts, eventFor, type Fate, fates } from './fate.ts'

/** Keys on a segment that has the focus. */
const keys: Readonly<Record<string, Fate>> = { Enter: 'deliver', Delete: 'lose', Backspace: 'lose', '+': 'twice' }

/** The segment on its way from one end to the other. */
export const SegmentRow = ({ segment: s }: { segment: SegmentInFlight }) => {
  const w = words.value.bench
  const several = bench.value.initial.groups.length > 1
  const possible = acts(s)
  const about = [several ? w.connection(s.group + 1) : '', w.to[s.to], s.age > 0 ? w.age(s.age) : '']
  return (
    <li class={`segment ${s.to}`}>
      <End name="client" segment={s} />
      <div class="way">
        <button
          type="button"
          class="chip"
          aria-describedby="in-flight-heading"
          onKeyDown={(e) => {
            const act = possible[keys[e.key] ?? 'deliver']
            if (!(e.key in keys) || act === undefined) return
            e.preventDefault()
            act()
          }}
          {...dragged(s)}
        >
          <span class="arrow" aria-hidden="true">
            {s.to === 'client' ? '◀ ' : ''}
          </span>
          <code>{s.text}</code>
          <span class="arrow" aria-hidden="true">
            {s.to === 'server' ? ' ▶' : ''}
          </span>
        </button>
        <span class="quiet">{about.filter((t) => t !== '').join(', ')}</span>
      </div>
      <End name="server" segment={s} />
      <span class="acts">
        {fates.map((fate) => {
          const act = possible[fate]
          if (act === undefined) return null
          const text = textOf(s, fate)
          return (
            <button
              key={fate}
              type="button"
              class={eventFor(s, fate) ? '' : 'minor'}
              onClick={act}
              aria-label={`${text}: ${s.text}`}
            >
              {text}
            </button>
          )
        })}
      </span>
    </li>
  )
}

const textOf = (s: SegmentInFlight, fate: Fate): string => {
  const w = words.value.bench
  if (eventFor(s, fate) === undefined) return w.allow[fate]
  return fate === 'deliver' && s.overtakes ? w.ahead : w[fate]
}

/** The end of a lifeline; the one that the segment is sent to takes it. */
const End = ({ name, segment }: { name: 'client' | 'server'; segment: SegmentInFlight }) => {
  const held = dragging.value
  const may = held === segment && segment.to === name
  return (
    <span class={`end ${name} ${may ? 'may' : ''} ${may && aim.value === 'deliver' ? 'aimed' : ''}`} data-drop={name}>
      {words.value.bench[name]}
    </span>
  )
}
