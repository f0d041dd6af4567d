/** The model rule by rule as a page of the docs: the events of all worlds, and what the docstrings of the reducers say. */
import { readdirSync, readFileSync } from 'node:fs'
import { en } from '../../explorer/words/en.ts'
import { sentenceOf } from '../../explorer/words/sentence.ts'
import { modelOf, profileNames } from '../../model/index.ts'
import { scenarios, settingOf } from '../../properties/index.ts'
import { row } from './markdown.ts'

interface Event {
  readonly name: string
  readonly source: string
  readonly scenarios: readonly string[]
}

/** Of every scenario, by name: which of them have it. */
export const eventsOfAll = (): Event[] => {
  const known = new Map<string, Event>()
  for (const scenario of scenarios) {
    const { rules, synchronous } = modelOf(settingOf(scenario))
    for (const { name, source } of [...rules, ...synchronous]) {
      const before = known.get(name)?.scenarios ?? []
      const all = before.includes(scenario.name) ? before : [...before, scenario.name]
      known.set(name, { name, source, scenarios: all })
    }
  }
  return [...known.values()].sort((a, b) => a.name.localeCompare(b.name))
}

export interface Documented {
  readonly name: string
  /** Without its sources. */
  readonly says: string
  /** RFC clauses and kernel functions. */
  readonly sources: readonly string[]
}

const PARAGRAPH = '(?:first|second|third|fourth|fifth|sixth|seventh|eighth)'
const CLAUSE = `RFC \\d+(?:,? §[\\d.]*\\d(?: ${PARAGRAPH})?)*(?:, figure \\d+)?`
const FUNCTION = '(?:struct )?[\\w/]+(?:\\.\\w+)*(?: \\([^)]*\\))?'
/** A clause, a kernel function or file; a list of functions goes on after commas. */
const SOURCE = `(?:${CLAUSE}|linux: ${FUNCTION}(?:, (?=\\w*_)${FUNCTION})*)`

const sourcesIn = (text: string): string[] => [...new Set(text.match(new RegExp(SOURCE, 'g')) ?? [])]

/** For readers of no programming language, too. */
const plain = (comment: string): string =>
  comment
    .replace(/^\/\*\*|\*\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .filter((line) => !line.startsWith('@'))
    .join(' ')
    .replace(/\s+/g, ' ')
    .replace(/\b([Uu])ndefined\b/g, (_, u: string) => (u === 'U' ? 'Nothing' : 'nothing'))
    .trim()

/** Sources at the end are told in their own column. */
const withoutSources = (text: string): string =>
  text.replace(new RegExp(`(?:^|\\s)(?:\\s*[·;,]?\\s*${SOURCE})+\\.?$`), '').replace(/[\s;·,]+$/, '')

/** `orphanFinAcked` as words, for what says no more. */
const asWords = (name: string): string => name.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`)

/** Docstrings of a file: its own first, then those of what stands outside of any function. */
export const documentedIn = (text: string): { readonly file: Documented | undefined; readonly rules: Documented[] } => {
  const of = (name: string, comment: string): Documented => {
    const all = plain(comment)
    return { name, says: withoutSources(all) || asWords(name), sources: sourcesIn(all) }
  }
  const [own] = /^\/\*\*[\s\S]*?\*\//.exec(text) ?? []
  const rules = [
    ...text.matchAll(/^(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\n(?:export )?(?:const|interface|type) (\w+)/gm),
  ].map(([, comment, name]) => of(name!, comment!))
  return { file: own === undefined ? undefined : of('', own), rules: rules.filter(({ sources }) => sources.length > 0) }
}

/** In the order in which they are best read. */
const rooms = [
  ['model/socket', 'A socket'],
  ['model/listener', 'The listener'],
  ['model/wire', 'The wire'],
  ['model/world', 'The world'],
] as const

const filesOf = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort()
    .map((file) => `${folder}/${file}`)

const code = (text: string): string => `\`${text}\``

const fileText = (file: string): string => {
  const { file: own, rules } = documentedIn(readFileSync(file, 'utf8'))
  if (rules.length === 0 && (own?.sources.length ?? 0) === 0) return ''
  const about = own === undefined ? [] : [own.says, ...own.sources].filter((t) => t !== '').join(' · ')
  const table =
    rules.length === 0
      ? ''
      : `\n${row(['rule', 'says', 'clause or kernel function'])}${row(['---', '---', '---'])}${rules
          .map(({ name, says, sources }) => row([code(name), says, sources.join(' · ')]))
          .join('')}`
  return `### [${file}](../${file})\n\n${about}\n${table}`
}

export const rulesPage = (): string => `# The model, rule by rule

Made by \`npm run pages\` from the model itself: the events from its rules, the rest from the docstrings beside them; not
edited by hand. ${profileNames.length} kernels and stacks are profiles of these rules: where one departs,
\`halfopen explain KERNEL\` says in which field. On the bench of \`halfopen explore\` the § beside an event tells its source.

## What can happen

Every step of every world is one of these. \`halfopen list scenarios\` tells what each scenario is for.

${row(['event', 'says', 'clause or kernel function', 'in'])}${row(['---', '---', '---', '---'])}${eventsOfAll()
  .map(({ name, source, scenarios: all }) =>
    row([
      code(name),
      sentenceOf({ rule: name }, '', en),
      source,
      all.length > 3 ? `${all.length} scenarios` : all.map(code).join(', '),
    ]),
  )
  .join('')}
${rooms
  .map(
    ([folder, title]) =>
      `## ${title}\n\n${filesOf(folder)
        .map(fileText)
        .filter((t) => t !== '')
        .join('\n')}`,
  )
  .join('\n')}`
