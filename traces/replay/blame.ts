/** Where a capture diverges only because of what else is known: which piece of that knowledge it is. */
import { sysctls as rules, type Sysctl, type Sysctls } from '../../model/index.ts'
import type { Connection } from '../capture.ts'
import { replayConnection } from './connection.ts'
import type { AboutConnection, Candidates, ReplayOptions } from './options.ts'
import type { Replayed } from './replayed.ts'

interface Piece {
  readonly words: string
  /** What is known without it. */
  readonly without: AboutConnection
}

/** As `replayConnection`; what the model explains without a piece of knowledge contradicts that piece. */
export const replayKnowing = (c: Connection, candidates: Candidates, options: ReplayOptions): Replayed => {
  const replayed = replayConnection(c, candidates, options)
  const { divergence } = replayed.connection
  if (divergence === undefined || options.about === undefined) return replayed
  const { alike: _, ...others } = options
  for (const { words, without } of piecesOf(options.about, options.sysctls)) {
    const freed = replayConnection(c, candidates, { ...others, about: without })
    if (freed.connection.divergence !== undefined || freed.connection.verdict === 'inconclusive') continue
    const contradictions = [
      `${words}, but packet ${divergence.packet} is explained by nothing else: ${divergence.reason}`,
      ...(freed.connection.contradictions ?? []),
    ]
    return { ...freed, connection: { ...freed.connection, verdict: 'diverges', contradictions } }
  }
  return replayed
}

const piecesOf = (about: AboutConnection, asked: Partial<Sysctls> = {}): Piece[] => {
  const { server = {} } = about
  const { neverFull, ...others } = server
  const counters: Piece[] = neverFull
    ? [
        {
          words: 'no segment met a full accept queue (ListenOverflows did not move)',
          without: { ...about, server: others },
        },
      ]
    : []
  const settings = (['server', 'client'] as const).flatMap((side) =>
    Object.entries(about[side]?.sysctls ?? {}).flatMap(([name, value]) =>
      Object.hasOwn(asked, name)
        ? []
        : otherValues(name as Sysctl, value!).map((other) => ({
            words: `the settings say ${name} = ${value}`,
            without: { ...about, [side]: { ...about[side], sysctls: { ...about[side]?.sysctls, [name]: other } } },
          })),
    ),
  )
  const { beyond, ...here } = about
  const taps: Piece[] =
    beyond === undefined ? [] : [{ words: 'the other capture shows which packets were lost on the way', without: here }]
  return [...counters, ...settings, ...taps]
}

/** Values under which the host may do what it does not do under this one. */
const otherValues = (name: Sysctl, value: number): number[] => {
  const { unit, min, max } = rules[name]
  if (unit === 'retransmissions') return [max]
  if (unit !== 'switch' && unit !== 'mode') return []
  return Array.from({ length: max - min + 1 }, (_, i) => min + i).filter((v) => v !== value)
}
