/** Names that the user types: found, or refused with the nearest one. */
import { knobNamed, nearestKernel, type ProfileName, profileNames, type Sysctl, sysctls } from '../../model/index.ts'
import {
  namesOf,
  properties,
  propertyNamed,
  type Scenario,
  scenarioNamed,
  scenarios,
  type TcpProperty,
} from '../../properties/index.ts'
import { UsageError, type UsageErrorCode } from '../error.ts'
import { unmodelledNamed } from '../explain/unmodelled.ts'
import { didYouMean } from '../words/nearest.ts'

const unknown = (code: UsageErrorCode, what: string, name: string, known: readonly string[], all: string) =>
  new UsageError({ code, place: what, cause: `"${name}" is unknown`, remedy: didYouMean(name, known, all) })

export const scenarioOf = (name: string): Scenario => {
  const scenario = scenarioNamed(name)
  if (scenario !== undefined) return scenario
  const known = scenarios.map((s) => s.name)
  throw unknown('E_SCENARIO', 'scenario', name, known, 'halfopen list scenarios shows them all')
}

/** As the user may type it: any case, and a typographer's prime. */
const sameId = (a: string, b: string): boolean => a.replaceAll(/[′’]/g, "'").toLowerCase() === b.toLowerCase()

export const propertyOf = (id: string): TcpProperty => {
  const property = propertyNamed(id) ?? properties.find((p) => namesOf(p).some((name) => sameId(id, name)))
  if (property !== undefined) return property
  const known = properties.flatMap(namesOf)
  throw unknown('E_PROPERTY', 'property', id, known, 'halfopen list properties shows them all')
}

export const kernelOf = (name: string): ProfileName => {
  const profile = profileNames.find((p) => p === name) ?? nearestKernel(name)?.profile
  if (profile !== undefined) return profile
  throw unknown('E_KERNEL', 'kernel', name, profileNames, `choose one of ${profileNames.join(', ')}`)
}

export const sysctlNames = Object.keys(sysctls) as Sysctl[]

export const sysctlOf = (name: string): Sysctl => {
  const bare = name.replace(/^net\.(ipv4|core)\./, '')
  const sysctl = sysctlNames.find((s) => s === bare)
  if (sysctl !== undefined) return sysctl
  if (knobNamed(bare)?.is === 'no such sysctl') {
    const remedy = `halfopen explain ${bare} tells what there is instead`
    throw new UsageError({ code: 'E_SYSCTL', place: 'sysctl', cause: `"${name}" is in no kernel`, remedy })
  }
  if (unmodelledNamed(bare) !== undefined) {
    const remedy = `halfopen explain ${bare} tells what it does in the kernel`
    throw new UsageError({ code: 'E_SYSCTL', place: 'sysctl', cause: `"${name}" is not modelled yet`, remedy })
  }
  throw unknown(
    'E_SYSCTL',
    'sysctl',
    name,
    sysctlNames.filter((s) => s !== 'tcp_tw_recycle'),
    'halfopen list sysctls shows them all',
  )
}
