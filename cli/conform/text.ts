/** What the suite has found, as it is read. */
import type { Judged } from '../../traces/conform/index.ts'
import { count } from '../words/number.ts'
import { type Paint, padded } from '../words/paint.ts'
import { wrapped } from '../words/table.ts'

const styles = {
  meets: 'green',
  departs: ['bold', 'red'],
  'not decided': 'yellow',
} as const satisfies Record<Judged['verdict'], Parameters<Paint>[0]>
const LINE = 100

export const judgedText = (j: Judged, paint: Paint): string =>
  [
    `${paint(styles[j.verdict], padded(j.verdict, 11))} ${padded(j.level, 6)} ${paint('bold', j.id)}`,
    `  ${wrapped(`${j.says}. ${j.source}`, LINE, '  ')}`,
    ...(j.because === undefined ? [] : [`  ${wrapped(j.because, LINE, '  ')}`]),
    ...(j.sameAs === undefined ? [] : [`  the same: ${j.sameAs.join(', ')}`]),
    ...packetLines(j, paint),
    '',
  ].join('\n')

/** Ports are told where there are several connections. */
const packetLines = ({ packets = [] }: Judged, paint: Paint): string[] => {
  const several = new Set(packets.map((p) => p.port)).size > 1
  return packets.map(({ at, from, port, text }) => {
    const arrow = from === 'tester' ? 'tester → target' : 'target → tester'
    return `    ${at.toFixed(3).padStart(8)}  ${paint('dim', arrow)}  ${several ? `${port}  ` : ''}${text}`
  })
}

export const reportText = (target: string, judged: readonly Judged[], paint: Paint): string => {
  const of = (verdict: Judged['verdict']) => judged.filter((j) => j.verdict === verdict)
  const [meets, departs, open] = [of('meets'), of('departs'), of('not decided')]
  const musts = (all: readonly Judged[]) => all.filter((j) => j.level === 'MUST').length
  return [
    ...departs.map((j) => judgedText(j, paint)),
    ...open.map((j) => judgedText(j, paint)),
    ...(meets.length > 0
      ? [`${paint(styles.meets, 'meets')} ${wrapped(meets.map((j) => j.id).join(' '), LINE, '  ')}`]
      : []),
    `${target}: ${count(judged.length, 'requirement')}: ${meets.length} met, ${departs.length} departed from (${musts(departs)} MUST), ${open.length} not decided (${musts(open)} MUST)`,
    '',
  ].join('\n')
}
