/** Everything that has a name, explained. */
import { type Counter, counters, profileNames, profiles, type Sysctl, sysctls } from '../../model/index.ts'
import {
  pins,
  properties,
  type Scenario,
  scenarioNamed,
  scenarios,
  settingOf,
  type TcpProperty,
} from '../../properties/index.ts'
import { sysctlNames } from '../options/names.ts'
import { count } from '../words/number.ts'

/** `is` says what kind of thing it is; the rest are lines to print, in this order. */
export interface Explanation {
  readonly id: string
  readonly is: 'property' | 'scenario' | 'sysctl' | 'kernel profile' | 'counter'
  readonly [fact: string]: unknown
}

export const knownIds = (): string[] => [
  ...properties.map((p) => p.id),
  ...scenarios.map((s) => s.name),
  ...sysctlNames,
  ...profileNames,
  ...Object.keys(counters),
]

/** One name may be that of several things. Case does not count. */
export const explanations = (id: string): Explanation[] => {
  const wanted = id.replaceAll(/[′’]/g, "'").toLowerCase()
  const is = (name: string) => name.toLowerCase() === wanted
  return [
    ...properties.filter((p) => is(p.id)).map(ofProperty),
    ...scenarios.filter((s) => is(s.name)).map(ofScenario),
    ...sysctlNames.filter(is).map(ofSysctl),
    ...profileNames.filter(is).map(ofProfile),
    ...(Object.keys(counters) as Counter[]).filter(is).map(ofCounter),
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
  const expected = asking.map((name) => [name, pins[name]?.verdicts[p.id]] as const).filter(([, v]) => v !== undefined)
  return {
    id: p.id,
    is: 'property',
    says: p.sentence,
    formula: p.formula,
    kind: kinds[p.kind],
    family: p.family,
    source: p.source,
    scenarios: asking,
    ...(expected.length > 0 && { expected: Object.fromEntries(expected) }),
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

const ofSysctl = (name: Sysctl): Explanation => {
  const { means, min, max, source } = sysctls[name]
  const values = profileNames.map((p) => [p, profiles[p].sysctls[name]] as const)
  const changed = scenarios.filter(
    (s) => settingOf(s).serverStack.sysctls[name] !== profiles['linux-6.18'].sysctls[name],
  )
  return {
    id: name,
    is: 'sysctl',
    means,
    range: `${min} to ${max}`,
    source,
    defaults: Object.fromEntries(values),
    'set in': changed.map((s) => `${s.name} (${settingOf(s).serverStack.sysctls[name]})`),
    try: `halfopen check ghost-connection --set ${name}=${settingOf(scenarioNamed('ghost-connection')!).serverStack.sysctls[name]}`,
  }
}

const ofProfile = (name: (typeof profileNames)[number]): Explanation => {
  const { means, dialect, sysctls: values } = profiles[name]
  return {
    id: name,
    is: 'kernel profile',
    means,
    dialect,
    sysctls: values,
    run: `halfopen check ghost-connection --kernel ${name}`,
  }
}

const ofCounter = (name: Counter): Explanation => ({
  id: name,
  is: 'counter',
  counts: counters[name],
  file: ['ActiveOpens', 'PassiveOpens', 'AttemptFails', 'EstabResets', 'OutRsts', 'RetransSegs'].includes(name)
    ? '/proc/net/snmp, Tcp'
    : '/proc/net/netstat, TcpExt',
  properties: properties.filter((p) => `${p.sentence} ${p.formula}`.includes(name)).map((p) => p.id),
})
