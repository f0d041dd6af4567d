/** Everything that has a name, explained. */
import {
  bookkeeping,
  type Counter,
  counters,
  dialectFields,
  fileOf,
  knobNamed,
  knobs,
  profileNames,
} from '../../model/index.ts'
import {
  claims,
  expectedVerdicts,
  namesOf,
  properties,
  type Scenario,
  scenarios,
  settingOf,
  standingInWords,
  standingOf,
  type TcpProperty,
} from '../../properties/index.ts'
import { requirements } from '../../traces/conform/index.ts'
import { diagnosisMeanings, findingMeanings } from '../../traces/index.ts'
import { count } from '../words/number.ts'
import { answers, ofAnswer } from './answer.ts'
import { ofClaim } from './claim.ts'
import { ofDifference } from './difference.ts'
import { errorCodes, ofErrorCode } from './error-code.ts'
import type { Explanation } from './explanation.ts'
import { kernelFunctions, ofKernelFunction } from './kernel-function.ts'
import { ofKnob } from './knob.ts'
import { ofProfile } from './profile.ts'
import { ofRequirement } from './requirement.ts'
import { ofState, states } from './state.ts'
import { ofStep, stepKinds } from './step.ts'
import { ofUnmodelled, unmodelled, unmodelledNamed } from './unmodelled.ts'

const diagnosisNames = Object.keys(diagnosisMeanings) as (keyof typeof diagnosisMeanings)[]
const findingNames = Object.keys(findingMeanings) as (keyof typeof findingMeanings)[]

export const knownIds = (): string[] => [
  ...properties.flatMap(namesOf),
  ...scenarios.map((s) => s.name),
  ...knobs.map((k) => k.name),
  ...unmodelled.map((u) => u.name),
  ...profileNames,
  ...Object.keys(counters),
  ...claims.map((c) => c.id),
  ...diagnosisNames,
  ...findingNames,
  ...requirements.map((r) => r.id),
  ...states.map((s) => s.name),
  ...dialectFields,
  ...answers.map((a) => a.name),
  ...errorCodes.map((e) => e.name),
  ...stepKinds().map((s) => s.name),
  ...kernelFunctions().keys(),
]

/** One name may be that of several things. Case does not count. */
export const explanations = (id: string): Explanation[] => {
  const wanted = (knobNamed(id)?.name ?? unmodelledNamed(id)?.name ?? id).replaceAll(/[′’]/g, "'").toLowerCase()
  const is = (name: string) => name.toLowerCase() === wanted
  return [
    ...properties.filter((p) => namesOf(p).some(is)).map(ofProperty),
    ...scenarios.filter((s) => is(s.name)).map(ofScenario),
    ...knobs.filter((k) => is(k.name)).map(ofKnob),
    ...unmodelled.filter((u) => is(u.name)).map(ofUnmodelled),
    ...profileNames.filter(is).map(ofProfile),
    ...(Object.keys(counters) as Counter[]).filter(is).map(ofCounter),
    ...claims.filter((c) => is(c.id)).map(ofClaim),
    ...diagnosisNames.filter(is).map(ofDiagnosis),
    ...findingNames.filter(is).map(ofFinding),
    ...requirements.filter((r) => is(r.id)).map(ofRequirement),
    ...states.filter((s) => is(s.name) || is(s.rfc ?? s.name)).map(ofState),
    ...dialectFields.filter(is).map(ofDifference),
    ...answers.filter((a) => is(a.name)).map(ofAnswer),
    ...errorCodes.filter((e) => is(e.name)).map(ofErrorCode),
    ...stepKinds()
      .filter((s) => is(s.name))
      .map(ofStep),
    ...[...kernelFunctions()].filter(([name]) => is(name)).map(ofKernelFunction),
  ]
}

const kinds: Readonly<Record<TcpProperty['kind'], string>> = {
  invariant: 'invariant: holds in every state',
  step: 'step property: holds of every step',
  reachable: 'reachable: some state satisfies it, so the world is not about nothing',
  happens: 'happens: some step satisfies it, so the world is not about nothing',
  'leads-to': 'leads-to: whenever the first holds, the second holds in the end, if the wire delivers and timers fire',
}

const ofProperty = (p: TcpProperty): Explanation => {
  const asking = scenarios.filter((s) => s.properties.includes(p.id)).map((s) => s.name)
  const expected = scenarios.flatMap((s) => {
    const standing = standingOf(s, p.id)
    return standing === undefined ? [] : [[s.name, standingInWords(standing)] as const]
  })
  const perProfile = expectedVerdicts(p.id)
  const [, slug] = namesOf(p)
  return {
    id: p.id,
    is: 'property',
    ...(slug !== undefined && { 'also named': slug }),
    says: p.sentence,
    formula: p.formula,
    kind: kinds[p.kind],
    family: p.family,
    source: p.source,
    scenarios: asking,
    ...(expected.length > 0 && { expected: Object.fromEntries(expected) }),
    ...(perProfile && { 'per kernel': perProfile }),
  }
}

const ofScenario = (s: Scenario): Explanation => {
  const { clients, backlog, alreadyQueued, server, wire, serverStack } = settingOf(s)
  const calls = (behaviour: { readonly calls: readonly string[] }) => behaviour.calls.join(', ') || 'nothing more'
  return {
    id: s.name,
    is: 'scenario',
    shows: s.shows,
    listener: `backlog ${backlog}, ${count(alreadyQueued, 'connection')} of others already in the accept queue`,
    clients: clients.map((c, i) => `client ${i + 1}: connect up to ${c.connects}×, ${calls(c)}`),
    server: `${server.accepts ? 'accept' : 'never accepts'}, ${calls(server)}`,
    wire: `capacity ${wire.capacity}, loss ${wire.loss}, duplication ${wire.duplication}, reordering ${wire.reordering}, forgery ${wire.forgery}`,
    retries: `SYN ${serverStack.sysctls.tcp_syn_retries}, SYN+ACK ${serverStack.sysctls.tcp_synack_retries}, data ${serverStack.sysctls.tcp_retries2}`,
    properties: s.properties,
    run: `halfopen check ${s.name}`,
  }
}

const ofCounter = (name: Counter): Explanation => ({
  id: name,
  is: 'counter',
  counts: counters[name],
  file: fileOf(name),
  kernels: profileNames.filter((kernel) => !bookkeeping[kernel].lacks.includes(name)),
  properties: properties.filter((p) => `${p.sentence} ${p.formula}`.includes(name)).map((p) => p.id),
})

const ofDiagnosis = (id: keyof typeof diagnosisMeanings): Explanation => ({
  id,
  is: 'diagnosis',
  ...diagnosisMeanings[id],
  from: 'halfopen replay',
})

const ofFinding = (id: keyof typeof findingMeanings): Explanation => ({
  id,
  is: 'finding',
  ...findingMeanings[id],
  from: 'halfopen host',
})
