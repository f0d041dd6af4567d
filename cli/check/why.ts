/** Why a predicate is false (or true) where a path ends: its formula and the parts it reads. */
import type { Finding } from '../../checker/index.ts'
import type { Setting, World } from '../../model/index.ts'
import type { TcpProperty } from '../../properties/index.ts'
import { changeText, type Fact, factsOf, lastWorld, type Trace } from '../../traces/index.ts'
import { factsText } from '../trace/state.ts'
import type { Page } from '../words/page.ts'
import { dotted, paragraph } from '../words/paragraph.ts'

const openings: Readonly<Record<TcpProperty['kind'], string>> = {
  invariant: 'false in the last state',
  step: 'false of the last step',
  reachable: 'true in the last state',
  happens: 'true of the last step',
  'leads-to': 'never fulfilled on the way round',
}

/** @param indent characters before each line */
export const why = (
  property: TcpProperty,
  finding: Finding,
  setting: Setting,
  trace: Trace,
  indent: number,
  page: Page,
): string => {
  const reads = property.ask(setting).reads
  const parts = [...(reads.group ?? []), ...(reads.shared ?? [])]
  const isRead = (fact: Pick<Fact, 'part' | 'connection'>): boolean =>
    parts.includes(fact.part) &&
    (fact.connection === undefined || finding.group === undefined || fact.connection === finding.group + 1)
  const opening = `${property.formula} — ${openings[property.kind]}, which reads:`
  const isStep = property.kind === 'step' || property.kind === 'happens'
  const begin = ' '.repeat(indent)
  const read = isStep
    ? lastStep(trace, isRead).map((step) => paragraph(page, begin, step, indent + 4))
    : lastState(lastWorld(trace), isRead).map(({ head, facts }) => factsText(head, facts, indent, page))
  return [paragraph(page, begin, opening, indent + 4), ...read].join('')
}

type IsRead = (fact: Pick<Fact, 'part' | 'connection'>) => boolean

const lastState = (world: World, isRead: IsRead): { head: string; facts: readonly Fact[] }[] => {
  const facts = factsOf(world).filter((fact) => isRead(fact) && !fact.quiet)
  const connections = [...new Set(facts.map(({ connection }) => connection))]
  return connections.map((n) => ({
    head: n === undefined ? 'shared: ' : `connection ${n}: `,
    facts: facts.filter(({ connection }) => connection === n),
  }))
}

const lastStep = (trace: Trace, isRead: IsRead): string[] => {
  const step = trace.steps.at(-1)
  if (step === undefined) return []
  const changes = step.changes.filter(isRead).map(changeText)
  return [dotted([step.rule, ...(changes.length > 0 ? changes : ['nothing changes']), ...step.effects])]
}
