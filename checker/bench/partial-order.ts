/**
 * What partial-order reduction could save at best: `node dist/checker/bench/partial-order.js`.
 *
 * In every world where some group can only act by itself (no enabled step of it asks the shared parts), only that group is
 * expanded, unless all it leads to is known. Whether a property would see the difference is not asked, so a sound
 * reduction saves no more than this. *Optimistic* also takes steps of all parts at once as independent of everything;
 * *careful* expands a world whole where such a step is possible.
 */
import { type Compiled, compile } from '../compile/index.ts'
import { referenceSystem } from '../examples/reference.ts'
import type { System } from '../system.ts'
import { questionsOf, settingsOf } from './cases.ts'

type Mode = 'full' | 'optimistic' | 'careful'

/** States that a breadth-first search stores. */
function explore(compiled: Compiled, mode: Mode): number {
  const { initial, codec, tables } = compiled
  const seen = new Set(initial)
  const digits = new Int32Array(codec.groups + 1)
  for (let layer = [...initial]; layer.length > 0; ) {
    const next: number[] = []
    for (const state of layer) {
      codec.digits(Float64Array.of(state), 1, digits)
      const own =
        codec.weights.length === 0
          ? []
          : Array.from(codec.weights, (_, group) => stepsOf(compiled, group, state, digits))
      const together = tables.togetherHub.flatMap((_, rule) => stepOfAll(compiled, rule, state, digits) ?? [])
      const may = mode === 'optimistic' || (mode === 'careful' && together.every((to) => to === state))
      const ample = may ? own.find(({ isLocal, to }) => isLocal && to.some((one) => !seen.has(one))) : undefined
      for (const to of ample?.to ?? [...own.flatMap((steps) => steps.to), ...together]) {
        if (seen.has(to)) continue
        seen.add(to)
        next.push(to)
      }
    }
    layer = next
  }
  return seen.size
}

function stepsOf({ tables, codec, closed }: Compiled, group: number, state: number, digits: Int32Array) {
  const slice = digits[group]!
  const hub = digits[codec.groups]!
  const weight = codec.weights[group]!
  const rank = closed.kinds[closed.kindOfGroup[group]!]!.groups.indexOf(group)
  const to: number[] = []
  for (let step = tables.localStart[slice]!; step < tables.localStart[slice + 1]!; step++) {
    to.push(state + (tables.stepTarget[step]! - slice) * weight)
  }
  const entries = { from: tables.entryStart[slice]!, end: tables.entryStart[slice + 1]! }
  for (let entry = entries.from; entry < entries.end; entry++) {
    const ask = tables.entryAsk[entry]!
    const row = tables.askBase[ask]! + tables.askStride[ask]! * rank + hub
    for (let r = tables.rowStart[row]!; r < tables.rowStart[row + 1]!; r++) {
      const answer = tables.entryBase[entry]! + tables.rowAnswer[r]!
      for (let step = tables.answerStart[answer]!; step < tables.answerStart[answer + 1]!; step++) {
        to.push(state + (tables.stepTarget[step]! - slice) * weight + tables.rowHub[r]! - hub)
      }
    }
  }
  return { isLocal: entries.from === entries.end, to }
}

function stepOfAll({ tables, codec }: Compiled, rule: number, state: number, digits: Int32Array): number | undefined {
  const hub = digits[codec.groups]!
  let to = state + tables.togetherHub[rule]![hub]! - hub
  if (tables.togetherHub[rule]![hub]! < 0) return undefined
  for (let group = 0; group < codec.groups; group++) {
    const next = tables.togetherSlice[rule]![digits[group]!]!
    if (next < 0) return undefined
    to += (next - digits[group]!) * codec.weights[group]!
  }
  return to
}

/** The checker does not know the TCP model; the bench finds it next door when it is run from the built package. */
async function scenarioSystem(name: string): Promise<System> {
  const { modelOf } = await import(new URL('../../model/index.js', import.meta.url).href)
  const { scenarios, settingOf } = await import(new URL('../../properties/index.js', import.meta.url).href)
  const { scenario, overrides = {} } = questionsOf[name]!
  return modelOf(
    settingOf(
      scenarios.find((one: { name: string }) => one.name === scenario),
      overrides,
    ),
  )
}

for (const name of ['A', 'B', 'close', 'ghost-connection']) {
  const system = name in settingsOf ? referenceSystem(settingsOf[name]!) : await scenarioSystem(name)
  const compiled = compile(system, { maxSlices: 4_000_000 })
  const [full, careful, optimistic] = (['full', 'careful', 'optimistic'] as const).map((mode) =>
    explore(compiled, mode),
  )
  const saved = (states: number): string =>
    `${states.toLocaleString('en')} (−${((1 - states / full!) * 100).toFixed(1)} %)`
  process.stdout.write(
    `${name.padEnd(18)} ${full!.toLocaleString('en').padStart(10)} states · careful ${saved(careful!)} · optimistic ${saved(optimistic!)}\n`,
  )
}
