/** What the suite has found, as it is read. */
import type { Judged } from '../../traces/conform/index.ts'
import { count } from '../words/number.ts'
import type { Page } from '../words/page.ts'
import { type Paint, padded } from '../words/paint.ts'
import { paragraph } from '../words/paragraph.ts'

const styles = {
  meets: 'green',
  departs: ['bold', 'red'],
  'not decided': 'yellow',
} as const satisfies Record<Judged['verdict'], Parameters<Paint>[0]>

export const judgedText = (j: Judged, page: Page): string =>
  [
    `${page.paint(styles[j.verdict], padded(j.verdict, 11))} ${padded(j.level, 6)} ${page.paint('bold', j.id)}\n`,
    paragraph(page, '  ', `${j.says}. ${j.source}`),
    ...(j.because === undefined ? [] : [paragraph(page, '  ', j.because)]),
    ...(j.sameAs === undefined ? [] : [paragraph(page, '  the same: ', j.sameAs.join(', '), 4)]),
    ...packetLines(j, page),
  ].join('')

/** Ports are told where there are several connections. */
const packetLines = ({ packets = [] }: Judged, page: Page): string[] => {
  const several = new Set(packets.map((p) => p.port)).size > 1
  return packets.map(({ at, from, port, text }) => {
    const arrow = from === 'tester' ? 'tester → target' : 'target → tester'
    const head = `    ${at.toFixed(3).padStart(8)}  ${page.paint('dim', arrow)}  ${several ? `${port}  ` : ''}`
    return paragraph(page, head, text)
  })
}

export const reportText = (target: string, judged: readonly Judged[], page: Page): string => {
  const of = (verdict: Judged['verdict']) => judged.filter((j) => j.verdict === verdict)
  const [meets, departs, open] = [of('meets'), of('departs'), of('not decided')]
  const musts = (all: readonly Judged[]) => all.filter((j) => j.level === 'MUST').length
  return [
    ...departs.map((j) => `${judgedText(j, page)}\n`),
    ...open.map((j) => `${judgedText(j, page)}\n`),
    ...(meets.length > 0
      ? [paragraph(page, `${page.paint(styles.meets, 'meets')} `, meets.map((j) => j.id).join(' '), 2)]
      : []),
    paragraph(
      page,
      `${target}: `,
      `${count(judged.length, 'requirement')}: ${meets.length} met, ${departs.length} departed from (${musts(departs)} MUST), ${open.length} not decided (${musts(open)} MUST)`,
      2,
    ),
  ].join('')
}
