/** What is written but means nothing: names that nothing has, questions of no kind, options that there are not. */
import { CheckerFault } from './faults.ts'
import type { Property, Reads } from './property.ts'
import { scopeOf } from './scope.ts'
import type { Rule, System } from './system.ts'

/** The functions that each kind of property cannot do without. */
const QUESTIONS: Readonly<Record<Property['kind'], readonly string[]>> = {
  invariant: ['then'],
  step: ['then'],
  reachable: ['when'],
  happens: ['when'],
  'leads-to': ['given', 'then'],
}
const NAMES = ['id', 'kind', 'reads', 'mayLack', 'given', 'then', 'when', 'sums', 'alsoFair']
const READS: readonly (keyof Reads)[] = ['group', 'shared', 'everyGroup', 'kinds']

/** @throws CheckerFault BAD_PROPERTY, with what it is called and what would be right */
export function validateProperty(system: System, property: Property): void {
  const { id, kind, reads } = property
  const bad = (what: string): CheckerFault => new CheckerFault('BAD_PROPERTY', `Property ${id} ${what}.`)
  const question = Object.hasOwn(QUESTIONS, kind) ? QUESTIONS[kind] : undefined
  if (question === undefined) throw bad(`is of kind ${kind}; choose one of ${Object.keys(QUESTIONS).join(', ')}`)
  const stray = strayIn(property, NAMES)
  if (stray !== undefined) throw bad(`has ${stray}, which no property has; there are ${NAMES.join(', ')}`)
  const lacks = question.find((name) => typeof (property as unknown as Record<string, unknown>)[name] !== 'function')
  if (lacks !== undefined) throw bad(`lacks ${lacks}, a function of what it reads that says true or false`)
  if (typeof reads !== 'object' || reads === null)
    throw bad("lacks reads: the parts that it reads, as { group: ['at'] }")
  const strayRead = strayIn(reads, READS)
  if (strayRead !== undefined) throw bad(`says reads.${strayRead}; there are ${READS.join(', ')}`)
  const rules = [...system.rules, ...(system.synchronous ?? [])].map(({ name }) => name)
  const unfair = (property.kind === 'leads-to' ? (property.alsoFair ?? []) : []).find((name) => !rules.includes(name))
  if (unfair !== undefined) throw bad(`takes ${unfair} for fair, which no rule is named; there are ${rules.join(', ')}`)
  scopeOf(system, property)
}

const FAIRNESS: readonly unknown[] = ['none', 'weak', 'strong', undefined]
const RULE = ['name', 'kinds', 'links', 'actor', 'source', 'fairness']
const LINK = ['part', 'shared', 'readsGroup', 'step']

/** Names, kinds and fairness of the rules; whether all parts have a state. @throws CheckerFault BAD_SYSTEM, BAD_STATE */
export function validateRules(system: System): void {
  const bad = (what: string): CheckerFault => new CheckerFault('BAD_SYSTEM', `${what}.`)
  const kinds = system.kinds ?? [...new Set(system.groups.map(({ kind }) => kind))]
  for (const rule of system.rules) {
    const stray = strayIn(rule, RULE)
    if (stray !== undefined) throw bad(`Rule ${rule.name} has ${stray}; there are ${RULE.join(', ')}`)
    const odd = rule.links.find((link) => strayIn(link, LINK) !== undefined || typeof link.step !== 'function')
    if (odd !== undefined) throw bad(`Rule ${rule.name}: the link of part ${odd.part} ${whatIsOdd(odd)}`)
    if (rule.kinds !== undefined && kinds.length > 0 && !rule.kinds.some((kind) => kinds.includes(kind)))
      throw bad(`Rule ${rule.name} applies to kind ${rule.kinds}, which no group is of; there are ${kinds.join(', ')}`)
  }
  for (const { name, fairness } of [...system.rules, ...(system.synchronous ?? [])])
    if (!FAIRNESS.includes(fairness))
      throw bad(`Rule ${name} has fairness ${String(fairness)}; choose one of none, weak, strong`)
  for (const [at, { shared, groups }] of system.initial.entries()) {
    const owners = [['the shared parts', shared], ...groups.map((g, i) => [system.groups[i]?.name, g])] as const
    for (const [owner, parts] of owners)
      for (const [part, state] of Object.entries(parts as object))
        if (state === undefined)
          throw new CheckerFault(
            'BAD_STATE',
            `Initial world ${at}: part ${part} of ${owner} has no state; null is one.`,
          )
  }
}

const whatIsOdd = (link: Rule['links'][number]): string => {
  const stray = strayIn(link, LINK)
  return stray === undefined ? 'has no function step' : `has ${stray}; there are ${LINK.join(', ')}`
}

/** @throws CheckerFault BAD_OPTIONS for an option that there is not */
export function validateOptions(options: object, known: readonly string[]): void {
  const stray = strayIn(options, known)
  if (stray !== undefined)
    throw new CheckerFault('BAD_OPTIONS', `There is no option ${stray}; there are ${known.join(', ')}.`)
}

const strayIn = (given: object, known: readonly string[]): string | undefined =>
  Object.keys(given).find((name) => !known.includes(name))
