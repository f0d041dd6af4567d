/** Functions of the Linux kernel that are named as sources: what rests on each. */
import { counters, dialectFields, dialectTable, knobNamed, knobs } from '../../model/index.ts'
import { properties } from '../../properties/index.ts'
import { requirements } from '../../traces/conform/index.ts'
import { diagnosisMeanings, findingMeanings } from '../../traces/index.ts'
import type { Explanation } from './explanation.ts'
import { stepKinds } from './step.ts'
import { unmodelled } from './unmodelled.ts'

/** Name and source of everything that has one. */
const sourced = (): (readonly [name: string, source: string])[] => [
  ...properties.map((p) => [p.id, p.source] as const),
  ...knobs.map((k) => [k.name, k.source] as const),
  ...unmodelled.map((u) => [u.name, u.source] as const),
  ...Object.entries(counters).map(([name, says]) => [name, says] as const),
  ...Object.entries(diagnosisMeanings).map(([id, { source }]) => [id, source] as const),
  ...Object.entries(findingMeanings).map(([id, { source }]) => [id, source] as const),
  ...requirements.map((r) => [r.id, r.source] as const),
  ...dialectFields.map((field) => [field, dialectTable[field].source] as const),
  ...stepKinds().map((s) => [s.name, s.source] as const),
]

/** The name of a setting stands for the setting. `linux: tcp_check_req, reqsk_timer_handler (old) · RFC 7323` names two. */
const functionsIn = (source: string): string[] =>
  [...source.matchAll(/linux: ([^·;]+)/g)].flatMap(([, list]) => list!.match(/\b[a-z_]\w*_\w+\b/g) ?? [])

const collected = (): ReadonlyMap<string, readonly string[]> => {
  const byFunction = new Map<string, string[]>()
  for (const [name, source] of sourced())
    for (const one of functionsIn(source))
      if (knobNamed(one) === undefined) byFunction.set(one, [...(byFunction.get(one) ?? []), name])
  return byFunction
}

let functions: ReadonlyMap<string, readonly string[]> | undefined

/** Each function, and the names that rest on it. */
export const kernelFunctions = (): ReadonlyMap<string, readonly string[]> => {
  functions ??= collected()
  return functions
}

export const ofKernelFunction = ([name, names]: readonly [string, readonly string[]]): Explanation => ({
  id: name,
  is: 'function of the Linux kernel',
  'is the source of': [...new Set(names)],
})
