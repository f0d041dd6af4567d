/** What is said of captures has its Chinese: of every piece of text in the sources, and of captures of the corpus. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { diagnoseCapture, readCapture, readRemedy, replay } from '../../traces/index.ts'
import { root } from '../server/build.ts'
import { said } from './zh/said.ts'
import { zh } from './zh.ts'

const folder = join(root(), 'traces', 'diagnosis')
/** `known.ts` tells of other evidence than packets, which a page is not given. */
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && !/\.test\.|catalogue|known/.test(file))
  .map((file) => join(folder, file))
  .concat(['sentences', 'room', 'whatIf'].map((name) => join(root(), 'traces', 'remedy', `${name}.ts`)))

/** Text of a file as it stands between what is put into it: where it has at least three words. */
const textsIn = (file: string): string[] => {
  const texts: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'clause') return
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      texts.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true))
  return texts.filter((text) => /[a-z]+ \S+ \S/i.test(text))
}

/** What a text is put together of. */
const clausesOf = (text: string): string[] =>
  text
    .split(/[;:]? (?=`)|; |: |, and |, |\b(?:once|twice|client|server)\b|[()]|\d+/)
    .map((part) => part.replace(/^[,;: ]+|[,;: ]+$/g, ''))
    .filter((part) => /[a-z]+ \S+ \S/i.test(part))

test('every piece of text in the sources of diagnoses and remedies is in a sentence that has its Chinese', () => {
  const known = said.map(([english]) => english.replace(/[[\]]/g, '')).join('\n')
  const missing = files
    .flatMap(textsIn)
    .flatMap(clausesOf)
    .filter((clause) => !known.includes(clause))
  expect([...new Set(missing)]).toEqual([])
})

const captures = [
  'ghost-connection/ghost-connection.tcpdump.txt',
  ...[
    'f16-forged-rst',
    'last-ack',
    'timestamps-omitted',
    'port-reuse-refused',
    'fin-wait1',
    'synproxy',
    'self-connect',
    'f13-dnat',
    'f10-ghost',
  ].map((name) => `field/${name}.txt`),
]
test.each(captures)('%s: whatever is said of it, and of remedies, is said in Chinese', (name) => {
  const file = join(root(), 'traces', 'corpus', name)
  const capture = readCapture(readFileSync(file), name)
  const remedies = ['tcp_abort_on_overflow=1', 'tcp_synack_retries=1', 'backlog=4', 'accept=faster'].flatMap((text) => {
    const remedy = readRemedy(text)
    return remedy ? replay(capture, { remedy }).connections.flatMap((c) => c.whatIf?.sentences ?? []) : []
  })
  const diagnoses = [...diagnoseCapture(capture), ...replay(capture).connections.flatMap((c) => c.diagnoses)]
  const told = diagnoses.flatMap((d) => [
    d.words,
    ...(d.decides === undefined ? [] : [d.decides]),
    ...(d.proof === undefined ? [] : [d.proof]),
    ...d.causes.flatMap((c) => [c.words, ...(c.ruledOut === undefined ? [] : [c.ruledOut])]),
  ])
  expect(told.length).toBeGreaterThan(0)
  expect([...told, ...remedies].filter((sentence) => zh.about.said(sentence) === undefined)).toEqual([])
})
