/** The pages of the docs that are made from data. */
import { claimsPage } from './claims.ts'
import { counterexamplesPage } from './counterexamples.ts'
import { everyNumberPage } from './every-number.ts'
import { schemaPages } from './schemas.ts'
import { settingsPage } from './settings.ts'

/** By file, from the root of the project. */
export const pages: Readonly<Record<string, () => string>> = {
  'docs/claims.md': claimsPage,
  'docs/counterexamples.md': counterexamplesPage,
  'docs/every-number.md': everyNumberPage,
  'docs/sysctls.md': settingsPage,
  ...schemaPages,
}
