/** The kinds of steps that worlds take, as `simulate`, `trace` and graphs name them. */
import { modelOf } from '../../model/index.ts'
import { scenarios, settingOf } from '../../properties/index.ts'
import type { Explanation } from './explanation.ts'

interface StepKind {
  readonly name: string
  readonly actor: string
  readonly source: string
  readonly scenarios: readonly string[]
}

const collected = (): StepKind[] => {
  const byName = new Map<string, StepKind & { readonly scenarios: string[] }>()
  for (const scenario of scenarios) {
    const { rules, synchronous } = modelOf(settingOf(scenario))
    for (const { name, actor, source } of [...rules, ...synchronous]) {
      const known = byName.get(name) ?? { name, actor, source, scenarios: [] }
      byName.set(name, known)
      if (known.scenarios.at(-1) !== scenario.name) known.scenarios.push(scenario.name)
    }
  }
  return [...byName.values()]
}

let kinds: readonly StepKind[] | undefined

/** Of all scenarios, collected when first wanted. */
export const stepKinds = (): readonly StepKind[] => {
  kinds ??= collected()
  return kinds
}

export const ofStep = ({ name, actor, source, scenarios: taken }: StepKind): Explanation => ({
  id: name,
  is: 'step',
  actor,
  source,
  scenarios: taken.length === scenarios.length ? 'all' : taken,
})
