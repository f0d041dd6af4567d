/** Scenario × property × verdict per profile, as a page of the docs. */
import { propertyNamed, verdictProfiles } from '../../properties/index.ts'
import { legend, tableHeadings, tableRows } from '../commands/verdict-table.ts'
import { row } from './markdown.ts'

const bySentence = (rows: readonly (readonly string[])[]): string => {
  const ids = [...new Set(rows.map(([, id]) => id!))]
  return [
    row(['property', 'family', 'says', 'source']),
    row(['---', '---', '---', '---']),
    ...ids.map((id) => {
      const p = propertyNamed(id)!
      return row([id, p.family, p.sentence, p.source])
    }),
  ].join('')
}

export const verdictsPage = (): string => {
  const rows = tableRows()
  const cells = rows.length * verdictProfiles.length
  return `# Verdicts per kernel profile

Made by \`npm run pages\` from verdicts that \`npm run pin\` has found by exploring each world to its end; not edited by hand.
\`halfopen list properties --table\` prints the same, \`npx vitest run properties/verdicts\` finds them anew.

${rows.length} rows of ${verdictProfiles.length} profiles, ${cells} verdicts. ${legend}.

${[row([...tableHeadings]), row(tableHeadings.map(() => '---')), ...rows.map(row)].join('')}
## The properties

${bySentence(rows)}`
}
