/** A capture beside what both ends must have been, packet by packet. */
import { useState } from 'preact/hooks'
import { remedies as remedyNames } from '../../../traces/remedy/remedy.ts'
import { opened } from '../opened.ts'
import { grouped, words } from '../prefer.ts'
import { Diagnoses, Meaning } from './diagnoses.tsx'
import { Packets } from './packets.tsx'
import { Said } from './said.tsx'
import {
  capture,
  closeCapture,
  failure,
  isReading,
  one,
  openBytes,
  openFile,
  progress,
  remedies,
  show,
  tryRemedy,
} from './state.ts'

export const TraceView = () => {
  const w = words.value
  return (
    <div class="trace">
      <h2>{w.views.trace}</h2>
      {capture.value === undefined ? <Open /> : <Summary />}
      {failure.value !== '' && (
        <p class="notice" role="alert">
          {w.trace.notRead(failure.value)}
        </p>
      )}
      {one.value && <One />}
    </div>
  )
}

const Open = () => {
  const w = words.value.trace
  const [isOver, setOver] = useState(false)
  if (isReading.value)
    return (
      <p aria-live="polite">
        {progress.value ? w.replaying(grouped(progress.value.done), grouped(progress.value.of)) : w.reading}{' '}
        <progress max={progress.value?.of ?? 1} value={progress.value?.done} aria-label={w.reading} />
      </p>
    )
  return (
    <section
      class={`drop ${isOver ? 'over' : ''}`}
      aria-label={w.choose}
      onDragOver={(e) => {
        e.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(e) => {
        e.preventDefault()
        setOver(false)
        const file = e.dataTransfer?.files[0]
        if (file) void openFile(file)
      }}
    >
      <p>{w.drop}</p>
      <p class="row">
        <label class="file">
          {w.choose}
          <input
            type="file"
            onChange={(e) => {
              const file = e.currentTarget.files?.[0]
              if (file) void openFile(file)
            }}
          />
        </label>
        {opened.example && (
          <button
            type="button"
            onClick={() => void openBytes(new TextEncoder().encode(opened.example!.text), opened.example!.name)}
          >
            {w.example}
          </button>
        )}
      </p>
    </section>
  )
}

/** Connections drawn at once. */
const SHOWN = 100

const Summary = () => {
  const w = words.value.trace
  const [filter, setFilter] = useState('')
  const [most, setMost] = useState(SHOWN)
  const c = capture.value!
  const matching = c.connections.filter((x) =>
    `${x.client} ${x.server} ${x.verdict} ${x.diagnoses.join(' ')}`.includes(filter.trim()),
  )
  return (
    <section aria-label={c.name}>
      <p class="row">
        <strong>{c.name}</strong>
        <span class={`verdict ${c.verdict}`}>{w.verdicts[c.verdict]}</span>
        <span class="quiet">
          {w.packets(grouped(c.packets))}, {w.connections(grouped(c.connections.length + c.left))}
        </span>
        <button type="button" onClick={closeCapture}>
          {w.close}
        </button>
      </p>
      {c.left > 0 && (
        <p class="notice left">{w.left(grouped(c.connections.length), grouped(c.connections.length + c.left))}</p>
      )}
      {c.notes.slice(0, 6).map((note) => (
        <p key={note} class="quiet" lang="en">
          {note}
        </p>
      ))}
      {c.diagnoses.map((d) => (
        <div key={d.id} class="notice">
          <Meaning id={d.id} />
          <p>
            <Said text={d.words} />
          </p>
        </div>
      ))}
      {c.connections.length > 1 && (
        <>
          <p class="row">
            <label>
              {w.filter} <input data-search value={filter} onInput={(e) => setFilter(e.currentTarget.value)} />
            </label>
            <span class="quiet">{w.showing(grouped(Math.min(most, matching.length)), grouped(matching.length))}</span>
            {matching.length > most && (
              <button type="button" onClick={() => setMost(most * 4)}>
                {w.more}
              </button>
            )}
          </p>
          <div class="scroll list" tabIndex={0} role="group" aria-label={w.filter}>
            <ul class="connections">
              {matching.slice(0, most).map((x) => (
                <li key={x.index}>
                  <button type="button" aria-pressed={one.value?.index === x.index} onClick={() => void show(x.index)}>
                    <span>
                      {x.client} → {x.server}
                    </span>
                    <span class={`verdict ${x.verdict}`}>{w.verdicts[x.verdict]}</span>
                    <span class="quiet">{x.diagnoses.join(', ')}</span>
                  </button>
                </li>
              ))}
            </ul>
          </div>
        </>
      )}
    </section>
  )
}

const One = () => {
  const w = words.value.trace
  const r = one.value!
  return (
    <section class="one" aria-label={`${r.client} → ${r.server}`}>
      <h3>
        {r.client} → {r.server} <span class={`verdict ${r.verdict}`}>{w.verdicts[r.verdict]}</span>
      </h3>
      {r.reason && <p lang="en">{r.reason}</p>}
      {r.divergence && (
        <div class="notice" role="alert">
          <p>{w.diverges(r.divergence.packet, r.divergence.reason)}</p>
          {r.divergence.allowed.length > 0 && (
            <p>
              {w.allowed}
              {words.value.colon}
              <code>{r.divergence.allowed.join(', ')}</code>
            </p>
          )}
        </div>
      )}
      <div class="columns">
        <div class="stage">
          <Packets one={r} />
        </div>
        <div class="side wide">
          <Diagnoses one={r} />
          <Remedies />
        </div>
      </div>
    </section>
  )
}

const Remedies = () => {
  const w = words.value.trace
  const [remedy, setRemedy] = useState('tcp_abort_on_overflow=1')
  return (
    <section aria-labelledby="what-if-heading">
      <h4 id="what-if-heading">{w.whatIf}</h4>
      <form
        class="row"
        onSubmit={(e) => {
          e.preventDefault()
          void tryRemedy(remedy)
        }}
      >
        <input
          list="remedies"
          aria-label={w.remedies}
          size={26}
          value={remedy}
          onInput={(e) => setRemedy(e.currentTarget.value)}
        />
        <datalist id="remedies">
          {remedyNames.map((name) => (
            <option key={name} value={name.replace('N', '4')} />
          ))}
        </datalist>
        <button type="submit">{w.whatIfRun}</button>
      </form>
      {Object.entries(remedies.value).map(([name, sentences]) => (
        <div key={name} class="remedy">
          <h5>{name}</h5>
          <ul>
            {sentences.map((s) => (
              <li key={s}>
                <Said text={s} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
