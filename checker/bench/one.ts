/** Measures one case once, in a process of its own so that its peak memory is its own; prints JSON. */
import { check } from '../check.ts'
import { referenceSystem } from '../examples/reference.ts'
import { referenceProperties } from '../examples/reference-properties.ts'
import { checkNaively } from '../naive.ts'
import type { Report } from '../report.ts'
import { type Engine, optionsOf, questionsOf, settingsOf } from './cases.ts'

const [model, name, engine] = process.argv.slice(2) as [string, string, Engine]
const started = performance.now()
const { states, transitions } = model === 'reference' ? measureReference() : await measureScenario()
const seconds = (performance.now() - started) / 1000
const peakMB = Math.round(process.resourceUsage().maxRSS / 1024)
process.stdout.write(JSON.stringify({ states, transitions, seconds, peakMB }))

function measureReference(): Pick<Report, 'states' | 'transitions'> {
  const system = referenceSystem(settingsOf[name]!)
  return engine === 'naive' ? checkNaively(system, []) : check(system, referenceProperties(), optionsOf(engine))
}

/** The checker does not know the TCP model; the bench finds it next door when it is run from the built package. */
async function measureScenario(): Promise<Report> {
  const { scenario, overrides, whole = false } = questionsOf[name]!
  const next = new URL('../../properties/index.js', import.meta.url).href
  const { ask, propertyNamed, scenarios } = await import(next)
  const found = scenarios.find((candidate: { name: string }) => candidate.name === scenario)
  const asked = found.properties.filter((id: string) => whole || propertyNamed(id).kind !== 'leads-to')
  return ask(found, overrides, optionsOf(engine, whole), asked).report
}
