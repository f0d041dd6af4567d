/** The pages of the docs that are made from data. */
import { claimsPage } from './claims.ts'
import { counterexamplesPage } from './counterexamples.ts'
import { everyNumberPage } from './every-number.ts'
import { learningPage, newestMachine } from './learning.ts'
import { profilesPage } from './profiles.ts'
import { rulesPage } from './rules.ts'
import { schemaPages } from './schemas.ts'
import { settingsPage } from './settings.ts'
import { verdictsPage } from './verdicts.ts'

/** By file, from the root of the project. */
export const pages: Readonly<Record<string, () => string>> = {
  'docs/claims.md': claimsPage,
  'docs/counterexamples.md': counterexamplesPage,
  'docs/every-number.md': everyNumberPage,
  'docs/learning.md': learningPage,
  'docs/machines/linux-6.18.dot': newestMachine,
  'docs/profiles.md': profilesPage,
  'docs/rules.md': rulesPage,
  'docs/sysctls.md': settingsPage,
  'docs/verdicts.md': verdictsPage,
  ...schemaPages,
}
