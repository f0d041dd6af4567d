/** What several connections show of one setting of a host, together. */
import type { Revealed } from './setting.ts'

/** The strictest bounds that the connections show, with the packets of those that show them. */
export interface Setting extends Revealed {
  /** No one value allows all of them: it was changed, or one socket had its own. */
  readonly differs?: true
}

export const merged = (revealed: readonly Revealed[]): Setting[] =>
  [...new Set(revealed.map(({ setting }) => setting))].map((setting) =>
    together(revealed.filter((r) => r.setting === setting)),
  )

const together = (all: readonly Revealed[]): Setting => {
  const lowest = all.reduce((a, b) =>
    (b.most ?? Number.POSITIVE_INFINITY) < (a.most ?? Number.POSITIVE_INFINITY) ? b : a,
  )
  const highest = all.reduce((a, b) => ((b.least ?? 0) > (a.least ?? 0) ? b : a))
  if (lowest.most === undefined) return highest
  if ((highest.least ?? 0) <= (lowest.least ?? 0)) return lowest
  const packets = [...new Set([...highest.packets, ...lowest.packets])].sort((a, b) => a - b)
  const because = `${highest.because}; ${lowest.because}`
  const both = { ...lowest, least: highest.least ?? 0, packets, because }
  return (highest.least ?? 0) <= lowest.most ? both : { ...both, differs: true }
}
