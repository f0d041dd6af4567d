/** Writes the generated pages of the docs: `npm run pages`. */
import { writeFileSync } from 'node:fs'
import { documentedPages, pageOf, renewed } from './documented.ts'
import { pages } from './pages.ts'

for (const [file, page] of Object.entries(pages)) writeFileSync(file, page())
for (const file of documentedPages) writeFileSync(file, renewed(pageOf(file)))
