import { useState } from 'preact/hooks'
import type { Choice } from '../../state/run.ts'
import { sentenceOf } from '../../words/sentence.ts'
import { words } from '../prefer.ts'
import { bench, choices, takeEvent } from '../store.ts'
import { letterOf } from './letters.ts'

export const EventList = () => {
  const w = words.value
  const all = choices.value
  return (
    <section aria-labelledby="events-heading">
      <h3 id="events-heading">{w.bench.events}</h3>
      {all.length === 0 && <p class="quiet">{w.bench.noEvents}</p>}
      <ol class="events">
        {all.map((choice, i) => {
          const { rule, group, choice: n } = choice.step.event
          return <EventRow key={`${rule} ${group} ${n}`} choice={choice} letter={letterOf(i)} />
        })}
      </ol>
    </section>
  )
}

const EventRow = ({ choice, letter }: { choice: Choice; letter: string }) => {
  const w = words.value
  const [isOpen, setOpen] = useState(false)
  const { step, leads, violates, reaches, actor, source } = choice
  const { group } = step.event
  const several = bench.value.initial.groups.length > 1
  return (
    <li class={`event ${actor} ${violates.length > 0 ? 'bad' : ''}`}>
      <button type="button" class="take" onClick={() => takeEvent(step.event)}>
        <kbd>{letter}</kbd>
        <span class="what">
          {sentenceOf(step.event, step.note, w)}
          <span class="detail">
            {several && group !== undefined ? `${w.bench.connection(group + 1)} ` : ''}
            {step.note && <code>{step.note}</code>}
          </span>
        </span>
        <span class="tags">
          {violates.map((id) => (
            <span key={id} class="tag bad">
              {w.bench.violates(id)}
            </span>
          ))}
          {reaches.map((id) => (
            <span key={id} class="tag reach">
              {w.bench.reaches(id)}
            </span>
          ))}
          <span class={`tag ${leads === 'new' ? 'new' : ''}`}>
            {typeof leads === 'number' ? w.bench.leads.step(leads) : w.bench.leads[leads]}
          </span>
        </span>
      </button>
      <button
        type="button"
        class="source-button"
        aria-expanded={isOpen}
        aria-label={`${w.bench.why}: ${step.event.rule}`}
        title={w.bench.why}
        onClick={() => setOpen(!isOpen)}
      >
        §
      </button>
      {isOpen && (
        <p class="source">
          <code>{step.event.rule}</code> · {source}
        </p>
      )}
    </li>
  )
}
