/** Other evidence: what another tap saw; and which piece of evidence a capture contradicts. */
import { sysctls as rules, type Sysctl, type Sysctls } from '../../../model/index.ts'
import type { AboutConnection } from '../options.ts'
import type { Observation } from '../packets/observation.ts'
import { type Assumption, assuming, type Captured, type Failure, type Reading } from './reading.ts'

interface Piece {
  readonly words: string
  /** The evidence without this piece. */
  readonly without: AboutConnection
}

/** The packets, marked with whether the other tap saw them. */
export const seenAtFarTap = (r: Reading): Reading => {
  const { beyond } = r.evidence
  if (beyond === undefined) return r
  const packets = r.packets.map((o) => {
    const seen = beyond.get(o.packet)
    return seen === undefined ? o : { ...o, seenAtFarTap: seen }
  })
  return { ...r, packets }
}

const withoutFarTap = ({ seenAtFarTap: _, ...o }: Observation): Observation => o

/** Readings without one piece of evidence: what the model explains without it contradicts that piece. */
export function* otherEvidence(plain: Reading, { options }: Captured, failure: Failure): Generator<Reading> {
  for (const { words: piece, without } of piecesOf(plain.evidence, options.sysctls)) {
    const { packet, reason } = failure.divergence()
    const words = `${piece}, but packet ${packet} is explained by nothing else: ${reason}`
    const packets = without.beyond === plain.evidence.beyond ? plain.packets : plain.packets.map(withoutFarTap)
    const set: Assumption = { id: 'evidence', packets: [packet], ceiling: 'diverges', words }
    yield assuming(plain, { packets, evidence: without }, set)
  }
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

/** Values under which the host may behave otherwise. */
const otherValues = (name: Sysctl, value: number): number[] => {
  const { unit, min, max } = rules[name]
  if (unit === 'retransmissions') return [max]
  if (unit !== 'switch' && unit !== 'mode') return []
  return Array.from({ length: max - min + 1 }, (_, i) => min + i).filter((v) => v !== value)
}
