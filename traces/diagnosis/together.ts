/** What a host must have counted of several connections, if each went wrong as its likeliest explanation has it. */
import type { Diagnosis } from './diagnosis.ts'
import { countedOf, type Together } from './known.ts'

/** @param diagnoses by connection; undefined where no counter is that of two connections: then there is nothing to add up */
export const togetherOf = (diagnoses: readonly (readonly Diagnosis[])[]): ReadonlyMap<string, Together> | undefined => {
  const all = new Map<string, Together>()
  for (const own of diagnoses) {
    const times = new Map<string, number>()
    for (const { causes } of own)
      for (const { counter, times: n } of distinct(causes)) times.set(counter, (times.get(counter) ?? 0) + n)
    for (const [counter, n] of times) {
      const before = all.get(counter) ?? { times: 0, connections: 0 }
      all.set(counter, { times: before.times + n, connections: before.connections + 1 })
    }
  }
  return [...all.values()].some(({ connections }) => connections > 1) ? all : undefined
}

/** Of one diagnosis a counter counts once, whichever of its open causes it is. */
const distinct = (causes: Diagnosis['causes']) => {
  const open = causes.flatMap((c) => (c.cost === undefined ? [] : (countedOf(c) ?? [])))
  return open.filter(({ counter }, i) => open.findIndex((other) => other.counter === counter) === i)
}
