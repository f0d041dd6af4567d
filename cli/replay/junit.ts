/** Replayed captures as JUnit XML: a suite per file, a test case per connection. */
import type { Replayed } from './connection.ts'
import type { ReplayedFile, Unreadable } from './file.ts'

export const junit = (files: readonly (ReplayedFile | Unreadable)[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="halfopen replay">\n${files.map((f) => ('error' in f ? unreadable(f) : suite(f))).join('')}</testsuites>\n`

const suite = ({ report: { file, connections, contradictions } }: ReplayedFile): string => {
  const of = (verdict: Replayed['verdict']): number => connections.filter((c) => c.verdict === verdict).length
  const head = `name="${escaped(file)}" tests="${connections.length + contradictions.length}" failures="${of('diverges') + contradictions.length}" skipped="${of('inconclusive')}"`
  return `  <testsuite ${head}>\n${connections.map((c) => testcase(c, file)).join('')}${contradictions.map((words) => contradicted(words, file)).join('')}  </testsuite>\n`
}

/** A file that cannot be read is no reason to be silent about it. */
const unreadable = ({ file, error: { code, message } }: Unreadable): string =>
  `  <testsuite name="${escaped(file)}" tests="1" failures="0" errors="1" skipped="0">\n` +
  `    <testcase classname="${escaped(file)}" name="is readable"><error type="${escaped(code)}" message="${escaped(message)}"/></testcase>\n` +
  '  </testsuite>\n'

/** What the counters deny is of no single connection. */
const contradicted = (words: string, file: string): string =>
  `    <testcase classname="${escaped(file)}" name="counters"><failure message="${escaped(words)}"/></testcase>\n`

const testcase = (c: Replayed, file: string): string => {
  const head = `    <testcase classname="${escaped(file)}" name="${escaped(`${c.client} → ${c.server}`)}"`
  const diagnoses = c.diagnoses.map(({ id, certainty, words }) => `${id} (${certainty}): ${words}`).join('\n')
  const inside = [
    ...(c.verdict === 'diverges' ? [`<failure message="${escaped(failure(c))}"/>`] : []),
    ...(c.verdict === 'inconclusive' ? [`<skipped message="${escaped(c.reason ?? 'inconclusive')}"/>`] : []),
    ...(diagnoses === '' ? [] : [`<system-out>${escaped(diagnoses)}</system-out>`]),
  ]
  return inside.length === 0 ? `${head}/>\n` : `${head}>${inside.join('')}</testcase>\n`
}

const failure = ({ divergence, contradictions = [] }: Replayed): string =>
  [...(divergence ? [`packet ${divergence.packet}: ${divergence.reason}`] : []), ...contradictions].join('\n')

const escaped = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\n/g, '&#10;')
