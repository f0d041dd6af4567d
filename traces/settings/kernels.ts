/** Which kernel profiles an end fits, which it rules out, and the packets that decide. */
import { knobNamed, type ProfileName } from '../../model/index.ts'
import { cheapestEnd, type Surviving } from '../replay/beliefs.ts'
import { divergenceOf } from '../replay/divergence.ts'
import type { EndReplay } from '../replay/end.ts'
import type { Observation } from '../replay/packets/observation.ts'
import { runThrough } from '../replay/runs.ts'
import type { Searched } from '../replay/search/search.ts'
import type { Revealed } from './setting.ts'

export interface RuledOut {
  readonly kernel: ProfileName
  /** It cannot have sent these packets; or only by more inventions than another kernel needs. */
  readonly certain: boolean
  readonly packets: readonly number[]
  readonly because: string
}

/** @param o as the end was searched; @param known profiles of which it is said already; @param fits those that explain the end */
export const ruledOutBy = (
  o: readonly Observation[],
  tried: readonly EndReplay<never>[],
  fits: readonly ProfileName[],
  known: ReadonlySet<ProfileName>,
): RuledOut[] => {
  const usual = tried.find((e) => fits.includes(e.kernel))
  return tried
    .filter(({ kernel }) => !fits.includes(kernel) && !known.has(kernel))
    .map(({ kernel, searched, surviving }) => {
      if (searched.failedAt !== undefined) {
        const { packet, reason } = divergenceOf(o, searched as Searched<unknown>)
        return { kernel, certain: true, packets: [packet], because: reason }
      }
      const others = usual ? inventionsOf(o, usual.surviving) : []
      const own = inventionsOf(o, surviving).filter(({ packet }) => !others.some((x) => x.packet === packet))
      const words = [...new Set(own.flatMap((i) => i.words ?? []))].join('; ') || 'more losses'
      return { kernel, certain: false, packets: [...new Set(own.map(({ packet }) => packet))], because: words }
    })
}

/** What the cheapest run invents, and before which packet. */
const inventionsOf = <E>(o: readonly Observation[], s: Surviving<E>): { packet: number; words?: string }[] =>
  runThrough(s, cheapestEnd(s)).flatMap(({ edge }) =>
    edge === undefined || edge.cost === 0
      ? []
      : [
          {
            packet: o[Math.min(edge.node.layer, o.length - 1)]!.packet,
            ...(edge.invents !== undefined && { words: edge.invents.words }),
          },
        ],
  )

/** A setting that a kernel does not have cannot be what an end does by it. */
export const ruledOutWithout = (revealed: readonly Revealed[], kernels: readonly ProfileName[]): RuledOut[] =>
  revealed
    .filter(({ setting, least }) => (least ?? 0) > 0 && setting === 'tcp_syn_linear_timeouts')
    .flatMap(({ setting, packets, because }) =>
      kernels
        .filter((kernel) => kernel === 'rfc9293' || knobNamed(setting)?.defaults?.[kernel] === '–')
        .map((kernel) => ({ kernel, certain: true, packets, because })),
    )
