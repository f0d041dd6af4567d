/**
 * Elections on a ring that passes messages one way: Chang and Roberts (1979), and Dolev, Klawe and Rodeh (1982), which SPIN
 * ships as its example `leader`. The channel to each process is first in, first out.
 */
import type { Property } from '../../property.ts'
import type { System } from '../../system.ts'
import { type Line, type Process, withItem } from './program.ts'

type Message = readonly [kind: 'one' | 'two' | 'winner', number: number]
/** By process, what is on the way to it. */
type Channels = readonly (readonly Message[])[]

const sent = (channels: Channels, me: number, ...messages: readonly Message[]): Channels =>
  channels.map((channel, at) => (at === (me + 1) % channels.length ? [...channel, ...messages] : channel))

const taken = (channels: Channels, me: number): Channels =>
  channels.map((channel, at) => (at === me ? channel.slice(1) : channel))

interface Network<Own> {
  readonly channels: Channels
  readonly processes: readonly Own[]
}

/**
 * The whole network as one part: only all processes together bound what is on the way, so channels by themselves would have
 * no end (see docs/engine.md, *Tables that do not close*).
 */
function network<Own extends Process>(lines: readonly Line<Channels, Own>[], processes: readonly Own[]): System {
  const step = (me: number) => (held: Network<Own>) => {
    const own = held.processes[me]!
    const line = lines.find(({ at }) => at === own.at)
    return (line?.does(held.channels, own, me) ?? []).map((after) => ({
      state: { channels: after.memory, processes: withItem(held.processes, me, after.own) },
    }))
  }
  return {
    groups: [],
    rules: processes.map((_, me) => ({
      name: `process ${me + 1}`,
      fairness: 'weak',
      links: [{ part: 'network', shared: true, step: step(me) }],
    })),
    initial: [{ shared: { network: { channels: processes.map(() => []), processes } }, groups: [] }],
    isEnd: () => true,
  }
}

interface Candidate extends Process {
  readonly number: number
}

/**
 * Each process sends its number round the ring. A process passes larger numbers on, and leads once its own number comes back.
 * @param numbers of the processes, in the order of the ring
 */
export function changRoberts(numbers: readonly number[]): System {
  const lines: Line<Channels, Candidate>[] = [
    {
      at: 'begin',
      does: (channels, own, me) => [{ memory: sent(channels, me, ['one', own.number]), own: { ...own, at: 'listen' } }],
    },
    {
      at: 'listen',
      does: (channels, own, me) => {
        const [message] = channels[me]!
        if (message === undefined) return []
        const rest = taken(channels, me)
        if (message[1] === own.number) return [{ memory: rest, own: { ...own, at: 'leader' } }]
        return [{ memory: message[1] > own.number ? sent(rest, me, message) : rest, own }]
      },
    },
  ]
  return network(
    lines,
    numbers.map((number) => ({ at: 'begin', number })),
  )
}

interface Rival extends Candidate {
  readonly isActive: boolean
  readonly largest: number
  /** The number of the active process before it. */
  readonly before: number
  readonly knows: boolean
}

/** In each round at least half of the active processes give up. */
export function dolevKlaweRodeh(numbers: readonly number[]): System {
  const hears = (channels: Channels, own: Rival, me: number, [kind, n]: Message): { memory: Channels; own: Rival } => {
    if (kind === 'winner') {
      const at = own.number === n ? 'leader' : 'led'
      return { memory: own.knows ? channels : sent(channels, me, ['winner', n]), own: { ...own, at } }
    }
    if (!own.isActive) return { memory: sent(channels, me, [kind, n]), own }
    if (kind === 'one')
      return n === own.largest
        ? { memory: sent(channels, me, ['winner', n]), own: { ...own, knows: true } }
        : { memory: sent(channels, me, ['two', n]), own: { ...own, before: n } }
    return own.before > n && own.before > own.largest
      ? { memory: sent(channels, me, ['one', own.before]), own: { ...own, largest: own.before } }
      : { memory: channels, own: { ...own, isActive: false } }
  }
  const lines: Line<Channels, Rival>[] = [
    {
      at: 'begin',
      does: (channels, own, me) => [{ memory: sent(channels, me, ['one', own.number]), own: { ...own, at: 'listen' } }],
    },
    {
      at: 'listen',
      does: (channels, own, me) => {
        const [message] = channels[me]!
        return message === undefined ? [] : [hears(taken(channels, me), own, me, message)]
      },
    },
  ]
  return network(
    lines,
    numbers.map((number) => ({ at: 'begin', number, isActive: true, largest: number, before: 0, knows: false })),
  )
}

const leaders = ({ network: { processes } }: { network: Network<Process> }): number =>
  processes.filter(({ at }) => at === 'leader').length

export const electionProperties: readonly Property[] = [
  { id: 'one-leader', kind: 'invariant', reads: { shared: ['network'] }, then: (view) => leaders(view) <= 1 },
  {
    id: 'a-leader-in-the-end',
    kind: 'leads-to',
    reads: { shared: ['network'] },
    given: () => true,
    then: (view) => leaders(view) === 1,
  },
]
