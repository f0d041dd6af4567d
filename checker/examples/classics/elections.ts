/**
 * Elections on a ring that passes messages one way: Chang and Roberts (1979), and Dolev, Klawe and Rodeh (1982), which SPIN
 * ships as its example `leader`. The channel to each process is first in, first out.
 */
import type { Property } from '../../property.ts'
import type { System } from '../../system.ts'
import { type Line, type Process, program } from './program.ts'

type Message = readonly [kind: 'one' | 'two' | 'winner', number: number]
/** By process, what is on the way to it. */
type Channels = readonly (readonly Message[])[]

const sent = (channels: Channels, me: number, ...messages: readonly Message[]): Channels =>
  channels.map((channel, at) => (at === (me + 1) % channels.length ? [...channel, ...messages] : channel))

const taken = (channels: Channels, me: number): Channels =>
  channels.map((channel, at) => (at === me ? channel.slice(1) : channel))

const empty = (processes: number): Channels => Array.from({ length: processes }, () => [])

interface Candidate extends Process {
  readonly number: number
}

/** Each sends its number on; larger ones are passed on, and whoever gets its own back leads. @param numbers of the processes, in the order of the ring */
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
  const system = program(numbers.length, lines, empty(numbers.length), (me) => ({ at: 'begin', number: numbers[me]! }))
  return { ...system, isEnd: () => true }
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
  const system = program(numbers.length, lines, empty(numbers.length), (me) => ({
    at: 'begin',
    number: numbers[me]!,
    isActive: true,
    largest: numbers[me]!,
    before: 0,
    knows: false,
  }))
  return { ...system, isEnd: () => true }
}

export const electionProperties: readonly Property[] = [
  {
    id: 'one-leader',
    kind: 'invariant',
    reads: { group: ['process'], everyGroup: true },
    then: ({ process }: { process: readonly Process[] }) => process.filter(({ at }) => at === 'leader').length <= 1,
  },
  {
    id: 'a-leader-in-the-end',
    kind: 'leads-to',
    reads: { group: ['process'], everyGroup: true },
    given: () => true,
    then: ({ process }: { process: readonly Process[] }) => process.some(({ at }) => at === 'leader'),
  },
]
