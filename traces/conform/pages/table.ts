/** What the stacks do, as a table and as a list of what each departs from. */
import type { Judged, Requirement } from '../index.ts'
import { reasonOf, type Stack } from './stacks.ts'

export interface Tried {
  readonly stack: Stack
  readonly judged: readonly Judged[]
}

const signs = { meets: '·', departs: '**departs**', 'not decided': '?' } as const

const verdictsOf = (id: string, tried: readonly Tried[]): Judged[] =>
  tried.map(({ judged }) => judged.find((j) => j.id === id)!)

export const overview = (tried: readonly Tried[]): string => {
  const row = (name: string, count: (all: readonly Judged[]) => number) =>
    `| ${name} | ${tried.map(({ judged }) => count(judged)).join(' | ')} |`
  const of = (verdict: Judged['verdict'], level?: string) => (all: readonly Judged[]) =>
    all.filter((j) => j.verdict === verdict && (level === undefined || j.level === level)).length
  return [
    `| | ${tried.map(({ stack }) => stack.name).join(' | ')} |`,
    `| --- |${' --- |'.repeat(tried.length)}`,
    row('met', of('meets')),
    row('departed from', of('departs')),
    row('… a MUST', of('departs', 'MUST')),
    row('not decided', of('not decided')),
    '',
    ...tried.map(({ stack }) => `* **${stack.name}**: ${stack.is}`),
    '',
  ].join('\n')
}

export const requirementsTable = (requirements: readonly Requirement[], tried: readonly Tried[]): string =>
  [
    `| requirement | level | says | ${tried.map(({ stack }) => stack.name).join(' | ')} |`,
    `| --- | --- | --- |${' --- |'.repeat(tried.length)}`,
    ...requirements.map(({ id, level, says }) => {
      const cells = verdictsOf(id, tried).map((j) => signs[j.verdict])
      return `| ${id} | ${level} | ${says.replaceAll('|', '\\|')} | ${cells.join(' | ')} |`
    }),
    '',
  ].join('\n')

/** Numbers of a departure's first packets are enough to see it. */
const MOST = 14

const packetsOf = ({ packets = [] }: Judged): string[] => {
  const several = new Set(packets.map((p) => p.port)).size > 1
  const first = packets[0]?.port ?? 0
  const lines = packets.slice(0, MOST).map(({ at, from, port, text }) => {
    const arrow = from === 'tester' ? '->' : '<-'
    return `  ${at.toFixed(1).padStart(6)}  ${arrow}  ${several ? `(${port === first ? 'dial' : 'called'}) ` : ''}${text}`
  })
  return ['  ```text', ...lines, ...(packets.length > MOST ? ['  …'] : []), '  ```']
}

const departureText = (stack: Stack, j: Judged): string[] => {
  const reason = reasonOf(stack, j.id)
  return [
    `* **${j.id}** (${j.level}). ${j.says}. Here ${j.because}.`,
    ...(reason === undefined ? [] : [`  Expected: ${reason}.`]),
    ...(j.sameAs === undefined ? [] : [`  The same: ${j.sameAs.join(', ')}.`]),
    '',
    ...packetsOf(j),
  ]
}

export const departures = (tried: readonly Tried[]): string =>
  tried
    .flatMap(({ stack, judged }) => {
      const departed = judged.filter((j) => j.verdict === 'departs')
      const open = judged.filter((j) => j.verdict === 'not decided')
      return [
        `### ${stack.name}`,
        '',
        ...(departed.length === 0 ? ['It departs from nothing.', ''] : []),
        ...departed.flatMap((j) => [...departureText(stack, j), '']),
        ...(open.length === 0 ? [] : [`Not decided: ${open.map((j) => `${j.id} (${j.because})`).join('; ')}.`, '']),
      ]
    })
    .join('\n')
