/** Two kernel profiles in one world, on the same events: where they first answer differently, if they do. */
import { type CheckOptions, check, type Path, type Report } from '../checker/index.ts'
import { lockstep, sameAnswers } from '../checker/lockstep.ts'
import {
  type Client,
  type Dialect,
  type Event,
  isClosed,
  type Listener,
  type Model,
  modelOf,
  type ProfileName,
  profiles,
  reduce,
  type Server,
  type Setting,
  type Stack,
  type Step,
  stateName,
  type World,
} from '../model/index.ts'
import { type Overrides, type Scenario, settingOf } from './scenario.ts'

/** One profile's part in the story. */
export interface Side {
  readonly kernel: ProfileName
  readonly setting: Setting
  readonly model: Model
}

/** The last step of a difference, as one profile takes it; absent where it cannot. */
export interface Difference {
  /** What both do alike, and the event on which they differ. */
  readonly events: readonly Event[]
  readonly sides: readonly [Step | undefined, Step | undefined]
}

export interface Comparison {
  readonly scenario: Scenario
  readonly sides: readonly [Side, Side]
  readonly report: Report
  /** A shortest one. Without events: the worlds differ before anything happens. */
  readonly difference?: Difference
}

/** What `ss` shows of each part, and what a process is told. */
const looks = {
  group: {
    client: ({ socket }: Client) =>
      [stateName(socket), isClosed(socket) ? (socket.error ?? socket.because) : ''].join(' '),
    server: ({ object }: Server) => (object.kind === 'child' ? stateName(object.socket) : object.kind),
  },
  shared: { listener: ({ backlog, acceptQueue, requests }: Listener) => [backlog, acceptQueue, requests] },
}

export const compareProfiles = (
  scenario: Scenario,
  kernels: readonly [ProfileName, ProfileName],
  overrides: Omit<Overrides, 'kernel'> = {},
  options: CheckOptions = {},
): Comparison => {
  const side = (kernel: ProfileName): Side => {
    const setting = settingOf(scenario, { ...overrides, kernel })
    return { kernel, setting, model: modelOf(setting) }
  }
  const sides = [side(kernels[0]), side(kernels[1])] as const
  const { path, report } = parting(sides[0].model, sides[1].model, options)
  return { scenario, sides, report, ...(path && { difference: differenceOf(sides, path) }) }
}

/** The shortest run after which two models of the same parts and rules can be told apart. @throws RangeError for others */
export const parting = (a: Model, b: Model, options: CheckOptions = {}): { path?: Path; report: Report } => {
  const both = lockstep(a, b, looks)
  const report = check(both, [sameAnswers('client')], { ...options, engine: 'explicit', stopAtFirstViolation: true })
  const path = beginsAlike(a, b) ? report.findings[0]!.path : { initial: 0, events: [] }
  return { report, ...(path && { path }) }
}

const beginsAlike = (a: Model, b: Model): boolean => {
  const seen = (model: Model) => JSON.stringify(looks.shared.listener(model.initial[0]!.shared.listener))
  return seen(a) === seen(b)
}

/** Both take the events that they share; of the last one each takes what it can. */
const differenceOf = ([a, b]: readonly [Side, Side], { events }: Path): Difference => ({
  events,
  sides: [lastStep(a.model, events), lastStep(b.model, events)],
})

const lastStep = (model: Model, events: readonly Event[]): Step | undefined => {
  const last = events.at(-1)
  if (last === undefined) return undefined
  const world = events.slice(0, -1).reduce<World>((w, event) => reduce(model, w, event).world, model.initial[0]!)
  try {
    return reduce(model, world, last)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The same search where the second side has all of the first one's rules but this one. */
export const compareRule = (
  scenario: Scenario,
  kernels: readonly [ProfileName, ProfileName],
  rule: keyof Dialect,
  options: CheckOptions = {},
): Comparison => {
  const setting = settingOf(scenario, { kernel: kernels[0] })
  const other = (stack: Stack): Stack => ({
    ...stack,
    dialect: { ...stack.dialect, [rule]: profiles[kernels[1]].dialect[rule] },
  })
  const changed = { ...setting, clientStack: other(setting.clientStack), serverStack: other(setting.serverStack) }
  const sides = [
    { kernel: kernels[0], setting, model: modelOf(setting) },
    { kernel: kernels[1], setting: changed, model: modelOf(changed) },
  ] as const
  const { path, report } = parting(sides[0].model, sides[1].model, options)
  return { scenario, sides, report, ...(path && { difference: differenceOf(sides, path) }) }
}
