/** What the page shows, as the address says it: the same words as the flags of the command line, and events by name. */
import { type Event, type ProfileName, profileNames, type Sysctl, type Sysctls, sysctls } from '../../model/index.ts'
import { type Overrides, scenarioNamed } from '../../properties/index.ts'
import { pack, unpack } from './pack.ts'

export const views = ['bench', 'graph', 'trace', 'properties', 'lessons'] as const
export type View = (typeof views)[number]

export interface WorldSpec {
  readonly scenario: string
  readonly overrides: Overrides
}

/** The second world of a comparison: in what it differs. */
export type Beside = Pick<Overrides, 'kernel' | 'sysctls' | 'backlog'>

export interface Address {
  readonly view: View
  readonly world: WorldSpec
  readonly beside?: Beside
  readonly path: readonly Event[]
  /** How many steps of the path are taken. */
  readonly at: number
  /** What else a view keeps: the projection of a graph, the property shown, the lesson and its page. */
  readonly more: Readonly<Record<string, string>>
}

/** Something in an address that this version of the page does not know. */
export interface Unknown {
  readonly what: 'view' | 'scenario' | 'kernel' | 'setting' | 'address'
  readonly value: string
}

export const numbers = [
  'backlog',
  'queued',
  'clients',
  'loss',
  'duplication',
  'reordering',
  'capacity',
  'retries',
  'timeWait',
  'connects',
  'connectingAtOnce',
] as const satisfies readonly (keyof Overrides)[]

const RESERVED = ['w', 'p', 'at', 'kernel', 'set', 'full', 'plain', 'b.kernel', 'b.set', 'b.backlog', ...numbers]
/** Longer addresses are packed. */
const LONG = 600

const setText = (set: Partial<Sysctls>): string =>
  Object.entries(set)
    .map(([name, value]) => `${name}=${value}`)
    .join(',')

/** `1.client connect` of the first connection, its second outcome `1.client connect:1`, a step of all `tick`. */
export const eventText = ({ rule, group, choice }: Event): string =>
  `${group === undefined ? '' : `${group + 1}.`}${rule}${choice === 0 ? '' : `:${choice}`}`

export const readEvent = (text: string): Event | undefined => {
  const [, group, rule, choice] = /^(?:(\d{1,2})\.)?([^:~]{1,60})(?::(\d{1,3}))?$/.exec(text) ?? []
  if (rule === undefined) return undefined
  return { rule, ...(group !== undefined && { group: Number(group) - 1 }), choice: Number(choice ?? 0) }
}

export const addressText = ({ view, world, beside, path, at, more }: Address): string => {
  const { kernel, sysctls: set = {}, full, plain, ...rest } = world.overrides
  const q = new URLSearchParams()
  const put = (name: string, value: string | number | undefined) => value !== undefined && q.set(name, `${value}`)
  put('w', world.scenario)
  put('kernel', kernel)
  if (Object.keys(set).length > 0) put('set', setText(set))
  if (full) put('full', 1)
  if (plain) put('plain', 1)
  for (const [name, value] of Object.entries(rest)) put(name, value)
  put('b.kernel', beside?.kernel)
  if (beside?.sysctls && Object.keys(beside.sysctls).length > 0) put('b.set', setText(beside.sysctls))
  put('b.backlog', beside?.backlog)
  if (path.length > 0) put('p', path.map(eventText).join('~'))
  if (at !== path.length) put('at', at)
  for (const [name, value] of Object.entries(more)) if (!RESERVED.includes(name)) put(name, value)
  const text = q.toString()
  return `#/${view}?${text.length > LONG ? `z=${pack(text)}` : text}`
}

export interface ReadAddress {
  readonly address: Address
  readonly unknown: readonly Unknown[]
}

/** Whatever is not known is left out and said; the rest is shown. */
export const readAddress = (hash: string, fallback: WorldSpec): ReadAddress => {
  const unknown: Unknown[] = []
  const [, view = 'bench', text = ''] = /^#?\/?([^?]*)\??(.*)$/s.exec(hash) ?? []
  const outer = new URLSearchParams(text)
  const packed = outer.get('z')
  const unpacked = packed === null ? text : unpack(packed)
  if (unpacked === undefined) unknown.push({ what: 'address', value: packed! })
  const q = new URLSearchParams(unpacked ?? '')
  const known = views.find((v) => v === view)
  if (known === undefined && view !== '') unknown.push({ what: 'view', value: view })
  const scenario = q.get('w') ?? fallback.scenario
  const isKnown = scenarioNamed(scenario) !== undefined
  if (!isKnown) unknown.push({ what: 'scenario', value: scenario })
  const path = (q.get('p') ?? '').split('~').flatMap((event) => readEvent(event) ?? [])
  const at = Number(q.get('at') ?? path.length)
  const more = Object.fromEntries([...q].filter(([name]) => !RESERVED.includes(name) && name !== 'z'))
  const beside = besideOf(q, unknown)
  return {
    address: {
      view: known ?? 'bench',
      world: isKnown ? { scenario, overrides: q.has('w') ? overridesOf(q, unknown) : fallback.overrides } : fallback,
      ...(beside && { beside }),
      path,
      at: Number.isInteger(at) && at >= 0 ? Math.min(at, path.length) : path.length,
      more,
    },
    unknown,
  }
}

const kernelOf = (name: string | null, unknown: Unknown[]): { kernel?: ProfileName } => {
  if (name === null) return {}
  const kernel = profileNames.find((known) => known === name)
  if (kernel === undefined) unknown.push({ what: 'kernel', value: name })
  return kernel === undefined ? {} : { kernel }
}

const sysctlsOf = (text: string | null, unknown: Unknown[]): { sysctls?: Partial<Sysctls> } => {
  if (text === null || text === '') return {}
  const set: Partial<Record<Sysctl, number>> = {}
  for (const part of text.split(',')) {
    const [, name = '', value = ''] = /^(\w+)=(\d+)$/.exec(part) ?? []
    const rule = Object.hasOwn(sysctls, name) ? sysctls[name as Sysctl] : undefined
    if (rule === undefined || Number(value) < rule.min || Number(value) > rule.max)
      unknown.push({ what: 'setting', value: part })
    else set[name as Sysctl] = Number(value)
  }
  return { sysctls: set }
}

/** No world that a page can hold is larger. */
const MOST: Partial<Record<(typeof numbers)[number], number>> = {
  clients: 8,
  capacity: 8,
  connects: 8,
  backlog: 65_535,
}

const numbersOf = (q: URLSearchParams, unknown: Unknown[]): Partial<Record<(typeof numbers)[number], number>> =>
  Object.fromEntries(
    numbers.flatMap((name) => {
      const text = q.get(name)
      if (text === null) return []
      const value = Number(text)
      const least = ['clients', 'capacity', 'connects', 'connectingAtOnce'].includes(name) ? 1 : 0
      if (Number.isInteger(value) && value >= least && value <= (MOST[name] ?? 127)) return [[name, value]]
      unknown.push({ what: 'setting', value: `${name}=${text}` })
      return []
    }),
  )

const overridesOf = (q: URLSearchParams, unknown: Unknown[]): Overrides => ({
  ...kernelOf(q.get('kernel'), unknown),
  ...sysctlsOf(q.get('set'), unknown),
  ...(q.has('full') && { full: true }),
  ...(q.has('plain') && { plain: true }),
  ...numbersOf(q, unknown),
})

const besideOf = (q: URLSearchParams, unknown: Unknown[]): Beside | undefined => {
  const backlog = Number(q.get('b.backlog') ?? Number.NaN)
  const beside: Beside = {
    ...kernelOf(q.get('b.kernel'), unknown),
    ...sysctlsOf(q.get('b.set'), unknown),
    ...(Number.isInteger(backlog) && backlog >= 0 && backlog <= 65_535 && { backlog }),
  }
  return Object.keys(beside).length > 0 ? beside : undefined
}
