import type { ReplayedOne } from '../../state/replayed.ts'
import { words } from '../prefer.ts'
import { change } from '../store.ts'
import { Said } from './said.tsx'
import { lit } from './state.ts'

export const Diagnoses = ({ one }: { one: ReplayedOne }) => {
  const w = words.value.trace
  const { colon } = words.value
  return (
    <section aria-labelledby="diagnosis-heading">
      <h4 id="diagnosis-heading">{w.diagnosis}</h4>
      {one.found.length === 0 && <p class="quiet">{w.noDiagnosis}</p>}
      {one.found.map((d) => (
        <article key={d.id} class="diagnosis">
          <h5>
            {d.id} <span class="tag">{w.certainty[d.certainty]}</span>
          </h5>
          <Meaning id={d.id} />
          <p>
            <Said text={d.words} />
          </p>
          <p class="quiet">{w.causes}</p>
          <ul>
            {d.causes.map((c) => (
              <li key={c.words} class={c.cost === undefined ? 'out' : ''}>
                <Said text={c.words} />{' '}
                <span class="quiet">
                  {c.cost === undefined ? (
                    <>
                      {w.ruledOut}
                      {colon}
                      <Said text={c.ruledOut ?? ''} />
                    </>
                  ) : c.cost > 0 ? (
                    w.invents(c.cost)
                  ) : (
                    ''
                  )}
                </span>
              </li>
            ))}
          </ul>
          {d.proof !== undefined && (
            <p>
              {w.proof}
              {colon}
              <Said text={d.proof} />
            </p>
          )}
          {d.decides !== undefined && (
            <p>
              {w.decides}
              {colon}
              <Said text={d.decides} />
            </p>
          )}
          <p class="quiet">{d.clause}</p>
          <p class="row">
            <button
              type="button"
              onClick={() => {
                lit.value = new Set(d.packets)
              }}
            >
              {w.packet} {d.packets.slice(0, 12).join(', ')}
              {d.packets.length > 12 ? ' …' : ''}
            </button>
            {d.id === 'ghost-connection' && (
              <button
                type="button"
                onClick={() =>
                  change({ view: 'bench', world: { scenario: 'ghost-connection', overrides: {} }, path: [], at: 0 })
                }
              >
                {w.benchLink}
              </button>
            )}
          </p>
        </article>
      ))}
      {one.supposes.length > 0 && (
        <p lang="en">
          {w.supposes}
          {colon}
          {one.supposes.join('; ')}
        </p>
      )}
      <p class="quiet">
        {w.fits}
        {colon}
        {one.fits.server.length > 0 ? one.fits.server.join(', ') : w.fitsNone}
      </p>
    </section>
  )
}

/** In a language that the words about this capture are not in. */
export const Meaning = ({ id }: { id: string }) => {
  const means = words.value.about.diagnosis(id)
  return means === '' ? null : <p class="means">{means}</p>
}
