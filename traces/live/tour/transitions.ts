/**
 * Every kind of transition that a world has, and paths that take them all. Two transitions are of a kind if the same rule takes both
 * ends, the queues and the listener from and to the same states, by a segment of the same flags, sending and counting the same.
 */
import type { Path } from '../../../checker/index.ts'
import { events, type Model, type Step, stateName, type World } from '../../../model/index.ts'

interface Node {
  readonly world: World
  readonly depth: number
  readonly parent?: Node
  readonly step?: Step
}

export interface Tour {
  readonly paths: readonly Path[]
  /** The kinds of the steps of each path. */
  readonly kinds: readonly (readonly string[])[]
  /** How many kinds there are in what was looked at. */
  readonly total: number
  /** Not all worlds were looked at, but so many. */
  readonly worlds: number
  readonly isWhole: boolean
}

const objectOf = ({ server: { object } }: World['groups'][number]): string => {
  if (object.kind === 'none') return 'none'
  if (object.kind === 'request') return `SYN_RECV${object.acked ? ' acked' : ''}${object.abandoned ? ' abandoned' : ''}`
  return `${stateName(object.socket)}${object.place === undefined ? ' accepted' : ''}`
}

const stateOf = ({ groups, shared: { listener } }: World): string =>
  [
    ...groups.map((g) => `${stateName(g.client.socket)}/${objectOf(g)}`),
    `${listener.requests}+${listener.acceptQueue}${listener.closed ? ' closed' : ''}`,
  ].join(' ')

/** Numbers are left out: what counts is which segment, not where it stands. */
const shape = (text: string): string => text.replace(/\d+/g, '#')

export const kindOfStep = (before: World, { event, note, effects, world }: Step): string =>
  [event.rule, event.group ?? '', stateOf(before), stateOf(world), shape(note), shape(effects.join(' '))].join(' | ')

/** `most`: so many worlds are looked at, breadth first. */
export const tourOf = (model: Model, most: number): Tour => {
  const first: Node = { world: model.initial[0]!, depth: 0 }
  const seen = new Set([JSON.stringify(first.world)])
  const ends = new Map<string, Node>()
  const queue = [first]
  for (const node of queue)
    for (const step of events(model, node.world)) {
      const kind = kindOfStep(node.world, step)
      const next = { world: step.world, depth: node.depth + 1, parent: node, step }
      if (!ends.has(kind)) ends.set(kind, next)
      const id = JSON.stringify(step.world)
      if (seen.has(id) || seen.size >= most) continue
      seen.add(id)
      queue.push(next)
    }
  const covered = new Set<string>()
  const paths: Path[] = []
  const kinds: (readonly string[])[] = []
  for (const [kind, node] of [...ends].sort((a, b) => b[1].depth - a[1].depth)) {
    if (covered.has(kind)) continue
    const steps = wayTo(node)
    const along = steps.map(({ parent, step }) => kindOfStep(parent!.world, step!))
    for (const k of along) covered.add(k)
    paths.push({ initial: 0, events: steps.map(({ step }) => step!.event) })
    kinds.push(along)
  }
  return { paths, kinds, total: ends.size, worlds: seen.size, isWhole: seen.size < most }
}

const wayTo = (node: Node): Node[] => {
  const way: Node[] = []
  for (let at: Node | undefined = node; at?.parent; at = at.parent) way.unshift(at)
  return way
}
