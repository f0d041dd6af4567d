/** Verdict per property, its counterexamples in tabs, and why it is false where it is. */
import { signal } from '@preact/signals'
import type { Path } from '../../../checker/index.ts'
import type { Event } from '../../../model/index.ts'
import type { Checked } from '../../worker/calls.ts'
import { grouped, words } from '../prefer.ts'
import { address, bench, setMore } from '../store.ts'
import { ask, Stopped, stop } from '../work.ts'
import { Counterexample } from './counterexample.tsx'
import { everySays } from './every.ts'

export const checked = signal<Checked | undefined>(undefined)
const checkedFor = signal('')
const progress = signal<{ states: number; depth: number } | undefined>(undefined)
const isRunning = signal(false)
const failure = signal('')

export interface Run {
  readonly path: Path
  readonly group?: number
}
/** Further runs that were asked for, by property. */
const others = signal<Readonly<Record<string, readonly Run[]>>>({})

export const PropertiesView = () => {
  const w = words.value.properties
  const isCurrent = checkedFor.value === JSON.stringify(address.value.world)
  const report = isCurrent ? checked.value : undefined
  const chosen = address.value.more.property
  return (
    <div class="properties">
      <h2>{words.value.views.properties}</h2>
      <p class="row">
        <code>{address.value.world.scenario}</code>
        {isRunning.value ? (
          <button type="button" onClick={() => stop('check')}>
            {w.stop}
          </button>
        ) : (
          <button type="button" class="primary" onClick={() => void run()}>
            {w.run}
          </button>
        )}
        <output class="quiet">
          {isRunning.value
            ? `${w.running} ${progress.value ? w.states(grouped(progress.value.states), progress.value.depth) : ''}`
            : report
              ? `${w.states(grouped(report.states), report.depth)}. ${report.exhausted ? w.exhausted : w.bound(report.bound ?? '')}`
              : failure.value}
        </output>
      </p>
      <div class="columns">
        <div class="stage">
          <Table report={report} chosen={chosen} />
        </div>
        <div class="side wide">
          <Chosen report={report} id={chosen} />
        </div>
      </div>
    </div>
  )
}

const Table = ({ report, chosen }: { report: Checked | undefined; chosen: string | undefined }) => {
  const w = words.value.properties
  const findings = new Map(report?.findings.map((f) => [f.id, f]))
  const isProved = bench.value.asked.some(({ property }) => everySays(property.id) !== undefined)
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={words.value.views.properties}>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">{w.id}</th>
            <th scope="col">{w.verdict}</th>
            {isProved && (
              <th scope="col" class="every">
                {w.every}
              </th>
            )}
            <th scope="col">{w.says}</th>
            <th scope="col">{w.steps}</th>
          </tr>
        </thead>
        <tbody>
          {bench.value.asked.map(({ property }) => {
            const finding = findings.get(property.id)
            const verdict = finding?.verdict
            return (
              <tr key={property.id} class={chosen === property.id ? 'here' : ''}>
                <th scope="row">
                  <button type="button" onClick={() => setMore('property', property.id)}>
                    {property.id}
                  </button>
                </th>
                <td>{verdict && <span class={`verdict ${verdict.replace(' ', '-')}`}>{w.verdicts[verdict]}</span>}</td>
                {isProved && <td class="every">{everySays(property.id)}</td>}
                <td>{words.value.about.property(property.id, property.sentence)}</td>
                <td>{finding?.path?.events.length}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

const Chosen = ({ report, id }: { report: Checked | undefined; id: string | undefined }) => {
  const w = words.value.properties
  const asked = bench.value.asked.find(({ property }) => property.id === id)
  if (asked === undefined) return <p class="quiet">{w.choose}</p>
  const finding = report?.findings.find((f) => f.id === id)
  const { property } = asked
  const first: Run[] = finding?.path
    ? [{ path: finding.path, ...(finding.group !== undefined && { group: finding.group }) }]
    : []
  const runs = [...first, ...(others.value[property.id] ?? [])]
  return (
    <section aria-labelledby="chosen-heading">
      <h3 id="chosen-heading">{property.id}</h3>
      <p>{words.value.about.property(property.id, property.sentence)}</p>
      <dl>
        <dt>{w.formula}</dt>
        <dd>
          <code>{property.formula}</code>
        </dd>
        <dt>{w.source}</dt>
        <dd lang="en">{property.source}</dd>
        <dt>{w.every}</dt>
        <dd>{everySays(property.id) ?? w.everyNotAsked}</dd>
      </dl>
      {finding?.reason && <p lang="en">{finding.reason}</p>}
      <Counterexample
        asked={asked}
        runs={runs}
        verdict={finding?.verdict}
        onAnother={() => void another(property.id, finding?.verdict === 'holds')}
      />
    </section>
  )
}

const run = async (): Promise<void> => {
  const spec = address.value.world
  isRunning.value = true
  failure.value = ''
  progress.value = undefined
  others.value = {}
  try {
    const report = await ask('check', { spec }, (p: { states: number; depth: number }) => {
      progress.value = p
    })
    checked.value = report
    checkedFor.value = JSON.stringify(spec)
  } catch (error) {
    if (!(error instanceof Stopped)) failure.value = error instanceof Error ? error.message : String(error)
  } finally {
    isRunning.value = false
  }
}

const another = async (property: string, holds: boolean): Promise<void> => {
  const known = others.value[property] ?? []
  const { path } = await ask('anotherRun', { spec: address.value.world, property, seed: known.length + 2, holds })
  const isKnown = path === undefined || known.some((r) => sameEvents(r.path.events, path))
  if (path && !isKnown)
    others.value = { ...others.value, [property]: [...known, { path: { initial: 0, events: path } }] }
}

const sameEvents = (a: readonly Event[], b: readonly Event[]): boolean => JSON.stringify(a) === JSON.stringify(b)
