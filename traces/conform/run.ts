/** The requirements, tried on a target. */
import type { ProfileName } from '../../model/index.ts'
import { Lab, offered, Switchboard, type Times } from './lab.ts'
import type { Told } from './peer.ts'
import type { Level, Requirement } from './requirement.ts'
import type { Service, Target } from './target.ts'
import { Departs, NotDecided } from './verdict.ts'

export type ConformVerdict = 'meets' | 'departs' | 'not decided'

export interface Judged {
  readonly id: string
  readonly level: Level
  readonly says: string
  readonly source: string
  readonly verdict: ConformVerdict
  /** Why it departs or is not decided; of what it meets, how. */
  readonly because?: string
  /** What was sent and heard, where it departs; s since the script began. */
  readonly packets?: readonly Told[]
  /** The profiles of the model that depart in the same way. */
  readonly sameAs?: readonly ProfileName[]
}

export interface ConformOptions {
  readonly times?: Partial<Times>
  readonly ports?: Partial<Readonly<Record<Service, number>>>
  readonly progress?: (done: Judged, of: number) => void
  /** Polled: true ends the run; what was not begun is not decided. */
  readonly shouldStop?: () => boolean
}

/** An answer may be delayed by half a second, and a loaded machine is slow. */
export const TIMES: Times = { answer: 1_200, quiet: 400, most: 30_000, msl: 30_000 }

const PACKETS = 40

const judge = async (r: Requirement, lab: Lab): Promise<Judged> => {
  const { id, level, says, source } = r
  const about = { id, level, says, source }
  const began = lab.target.now()
  const packets = () => lab.told.slice(0, PACKETS).map((t) => ({ ...t, at: Math.round(t.at - began) / 1000 }))
  const ended = lab.target.ended()
  if (ended !== undefined) return { ...about, verdict: 'not decided', because: ended }
  try {
    const because = await r.decides(lab)
    const after = lab.target.ended()
    if (after !== undefined) return { ...about, verdict: 'not decided', because: after }
    return { ...about, verdict: 'meets', ...(because !== undefined && { because }) }
  } catch (error) {
    const after = lab.target.ended()
    if (after !== undefined) return { ...about, verdict: 'not decided', because: after }
    if (error instanceof NotDecided) return { ...about, verdict: 'not decided', because: error.message }
    if (error instanceof Departs) return { ...about, verdict: 'departs', because: error.message, packets: packets() }
    throw error
  }
}

/** Tries each of them, as many at a time as the target allows; in their own order. */
export const conform = async (
  target: Target,
  requirements: readonly Requirement[],
  o: ConformOptions = {},
): Promise<readonly Judged[]> => {
  const times = { ...TIMES, ...o.times, ...(target.ownTime && { most: Number.POSITIVE_INFINITY }) }
  const board = new Switchboard(target, o.ports)
  const there = await offered(board, times)
  const judged: Judged[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < requirements.length) {
      const i = next++
      const r = requirements[i]!
      const { id, level, says, source } = r
      const done: Judged = o.shouldStop?.()
        ? { id, level, says, source, verdict: 'not decided', because: 'interrupted' }
        : await judge(r, new Lab(board, there, times))
      judged[i] = done
      o.progress?.(done, requirements.length)
    }
  }
  await Promise.all(Array.from({ length: Math.min(target.atOnce, requirements.length) }, worker))
  return judged
}

/** 0: no MUST departs; 1: one does; 3: none does, but one is not decided. */
export const outcomeOf = (judged: readonly Judged[]): 0 | 1 | 3 => {
  const musts = judged.filter((j) => j.level === 'MUST')
  if (musts.some((j) => j.verdict === 'departs')) return 1
  return musts.some((j) => j.verdict === 'not decided') ? 3 : 0
}
