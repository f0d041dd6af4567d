/** What the wire may do to each segment in flight, as the events of the model that do it. */
import { type Channel, choices as distinct, type Event, notation, type Step, type World } from '../../model/index.ts'

export interface SegmentInFlight {
  readonly group: number
  readonly to: 'client' | 'server'
  readonly text: string
  readonly age: number
  /** Absent where the event is not enabled. */
  readonly deliver?: Event
  readonly twice?: Event
  readonly lose?: Event
  /** It is not the oldest: delivering it is reordering. */
  readonly overtakes: boolean
  /** It will not be lost, whatever the wire may lose. */
  readonly isSafe: boolean
  /** An older segment in flight is the same: what may become of either may become of that. */
  readonly isCopy: boolean
}

export const inFlight = (world: World, enabled: readonly Step[]): SegmentInFlight[] =>
  world.groups.flatMap(({ up, down }, group) => [
    ...ofChannel(up, group, 'server', enabled),
    ...ofChannel(down, group, 'client', enabled),
  ])

/** The words of a step say which segment it takes: `takeFrom` and `loseFrom` of the model write them. */
const ofChannel = (channel: Channel, group: number, to: 'client' | 'server', enabled: readonly Step[]) => {
  const all = (rule: string) => enabled.filter(({ event }) => event.rule === rule && event.group === group)
  const deliveries = all(`deliver to ${to}`)
  const losses = all(`lose from ${to === 'server' ? 'client' : 'server'}`)
  const losable = distinct(channel).filter((i) => !channel[i]!.segment.safe)
  return channel.map(({ segment, age }, i): SegmentInFlight => {
    const text = notation(segment)
    const said = (words: string) => deliveries.find(({ note }) => note.startsWith(words))?.event
    const plain = deliveries.find(({ note }) => isPlain(note, text))?.event
    const deliver = i === 0 ? plain : said(`${text}, ahead of ${i}`)
    const twice = i === 0 ? said(`${text}, and once more later`) : undefined
    const lose = losses[losable.indexOf(i)]?.event
    return {
      group,
      to,
      text,
      age,
      overtakes: i > 0,
      isSafe: segment.safe === true,
      isCopy: !distinct(channel).includes(i),
      ...(deliver && { deliver }),
      ...(twice && { twice }),
      ...(lose && { lose }),
    }
  })
}

const isPlain = (note: string, text: string): boolean =>
  note === text || (note.startsWith(`${text} `) && !note.startsWith(`${text}, `))
