/** In what kernels differ, as a page of the docs: the table of `model/profile/`. */
import {
  type Dialect,
  dialectGroups,
  dialectTable,
  type ProfileName,
  profileNames,
  profiles,
  says,
} from '../../model/index.ts'
import { inWords } from '../explain/difference.ts'
import { row } from './markdown.ts'

type FieldName = keyof Dialect

/** Profiles that have this value of a field, the oldest first. */
const having = (field: FieldName, value: string): ProfileName[] =>
  [...profileNames].reverse().filter((name) => String(profiles[name].dialect[field]) === value)

const sinceWhen = (field: FieldName, value: string): string =>
  Object.entries(dialectTable[field].linux)
    .filter(([since, then]) => since !== 'always' && String(then) === value)
    .map(([since]) => inWords(since))
    .join('; ')

const rowsOf = (field: FieldName): string[][] =>
  Object.keys(dialectTable[field].values).map((value, i) => [
    i === 0 ? `\`${field}\`` : '',
    value,
    says(field, value as Dialect[FieldName]),
    having(field, value).join(', '),
    sinceWhen(field, value),
    i === 0 ? dialectTable[field].source : '',
  ])

const headings = ['field', 'value', 'what a stack of this value does', 'profiles', 'Linux', 'source']

const section = ([title, fields]: readonly [string, object]): string =>
  [
    `## ${title[0]!.toUpperCase()}${title.slice(1)}\n\n`,
    ...[headings, headings.map(() => '---'), ...(Object.keys(fields) as FieldName[]).flatMap(rowsOf)].map(row),
  ].join('')

export const profilesPage = (): string => `# In what kernels differ

Made by \`npm run pages\` from the table in \`model/profile/\`; not edited by hand. A profile is a value for each field:
${profileNames.map((name) => `\`${name}\``).join(', ')}. \`halfopen explain FIELD\` tells the same of one field,
\`halfopen explain linux-4.4 --diff linux-6.18\` what two kernels do otherwise, and
\`halfopen check SCENARIO --kernel linux-4.4 --against linux-6.18\` searches for a run that shows it. Releases are mainline's; stable
kernels took some of the changes earlier.

${Object.entries(dialectGroups).map(section).join('\n')}`
