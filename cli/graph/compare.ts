/** A scenario's state diagram beside figure 5 of RFC 9293: what it has, lacks and adds. */
import { type FigureEdge, figure5 } from '../rfc9293Figure5.ts'
import { count } from '../words/number.ts'
import type { Page } from '../words/page.ts'
import { table } from '../words/table.ts'
import { shown } from './draw.ts'
import type { EndDiagram, EndEdge } from './ends.ts'
import { whyAdded, whyLacking } from './reasons.ts'

export interface Comparison {
  readonly has: readonly (FigureEdge & Pick<EndEdge, 'labels' | 'sources'>)[]
  readonly lacks: readonly (FigureEdge & { readonly reason?: string })[]
  readonly adds: readonly (EndEdge & { readonly reason?: string })[]
  readonly exhausted: boolean
}

const same = (a: { from: string; to: string }, b: { from: string; to: string }) => a.from === b.from && a.to === b.to
const named = ({ from, to }: { from: string; to: string }): string => `${from} → ${to}`

export const compare = ({ edges, exhausted }: EndDiagram): Comparison => ({
  has: figure5.flatMap((f) => edges.filter((e) => same(e, f)).map((e) => ({ ...e, ...f }))),
  lacks: figure5.filter((f) => !edges.some((e) => same(e, f))).map((f) => ({ ...f, ...reason(whyLacking, f) })),
  adds: edges.filter((e) => !figure5.some((f) => same(e, f))).map((e) => ({ ...e, ...reason(whyAdded, e) })),
  exhausted,
})

const reason = (reasons: Readonly<Record<string, string>>, edge: { from: string; to: string }) => {
  const known = reasons[named(edge)]
  return known === undefined ? {} : { reason: known }
}

export const compareText = ({ has, lacks, adds, exhausted }: Comparison, page: Page): string => {
  const section = (title: string, headings: string[], rows: string[][]) =>
    `${page.paint('bold', title)}\n${rows.length === 0 ? '  none\n' : table(headings, rows, page)}`
  return [
    section(
      `has ${count(has.length, 'edge')} of figure 5`,
      ['edge', 'RFC 9293', 'here'],
      has.map((e) => [named(e), e.label, shown(e).join(' | ')]),
    ),
    section(
      `lacks ${lacks.length}`,
      ['edge', 'RFC 9293', 'why'],
      lacks.map((e) => [named(e), e.label, e.reason ?? 'not reached in this world']),
    ),
    section(
      `adds ${adds.length}`,
      ['edge', 'here', 'where it comes from'],
      adds.map((e) => [named(e), shown(e).join(' | '), e.reason ?? e.sources.join(' · ')]),
    ),
    ...(exhausted
      ? []
      : [page.paint('yellow', 'not everything was explored: an edge that is lacking may yet be there\n')]),
  ].join('\n')
}
