/** What properties, scenarios and settings say of themselves, by name. */
import { sysctls } from '../../model/index.ts'
import { properties, scenarios } from '../../properties/index.ts'

type Sentences = Readonly<Record<string, string>>

export const made: Readonly<Record<'property' | 'scenario' | 'setting', Sentences>> = {
  property: Object.fromEntries(properties.map(({ id, sentence }) => [id, sentence])),
  scenario: Object.fromEntries(scenarios.map(({ name, shows }) => [name, shows])),
  setting: Object.fromEntries(Object.entries(sysctls).map(([name, { means }]) => [name, means])),
}
