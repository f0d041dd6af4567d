/** The graph of projected states that a world really reaches, with what leads from one to another. */
import { Graph } from '@dagrejs/graphlib'
import { type CheckOptions, check, type Property, type Report, type StepView } from '../../checker/index.ts'
import { type Model, receivedIn, sentIn } from '../../model/index.ts'
import type { Seen } from '../../traces/index.ts'
import type { Projection } from './projection.ts'

export interface StateNode {
  /** The value of each projected field. */
  readonly values: readonly string[]
  readonly initial: boolean
}

export interface StateEdge {
  /** What happens: rule, what was received / what was sent. */
  readonly labels: string[]
  readonly sources: string[]
}

export type StateGraph = Graph<{ report: Report; projection: Projection }, StateNode, StateEdge>

/**
 * One search for all projections. Each is a question that is asked of every distinct local step and never answered yes: so
 * it sees all of them, the search runs at its own speed, and the pictures cost nothing.
 */
export const explore = (model: Model, projections: readonly Projection[], search: CheckOptions): StateGraph[] => {
  const watched = projections.map((projection) => watch(model, projection))
  const questions = watched.map(({ look, projection: { group, shared } }, i): Property => {
    return { id: `graph ${i}`, kind: 'happens', reads: { group, shared }, when: look }
  })
  const report = check(model, questions, search)
  return watched.map(({ graph, projection }) => graph.setGraph({ report, projection }))
}

const watch = (model: Model, projection: Projection) => {
  const graph: StateGraph = new Graph()
  const sources = new Map([...model.rules, ...model.synchronous].map((rule) => [rule.name, rule.source]))
  const node = (seen: Seen, initial = false): string => {
    const values = projection.of(seen)
    const id = values.join(' · ')
    if (!graph.hasNode(id)) graph.setNode(id, { values, initial })
    return id
  }
  const look = ({ before, after, rule, effects }: StepView): boolean => {
    const [from, to] = [node(before), node(after)]
    if (from === to) return false
    const edge = graph.edge(from, to) ?? { labels: [], sources: [] }
    add(edge.labels, labelOf(rule, effects))
    add(edge.sources, sources.get(rule)!)
    graph.setEdge(from, to, edge)
    return false
  }
  const { shared, groups } = model.initial[0]!
  for (const group of groups) node({ ...group, ...shared }, true)
  return { graph, projection, look }
}

const add = (list: string[], text: string): void => {
  if (!list.includes(text)) list.push(text)
}

/** `deliver to server: rcv [S] / snd [S.]` */
const labelOf = (rule: string, effects: readonly string[]): string => {
  const received = receivedIn(effects)
  const sent = [...new Set(sentIn(effects).map((s) => `[${s.flags}]`))]
  const stimulus = received === undefined ? rule : `rcv [${received.flags}]${received.len > 0 ? ' data' : ''}`
  return sent.length === 0 ? stimulus : `${stimulus} / snd ${sent.join(' ')}`
}
