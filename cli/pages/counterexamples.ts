/** The shortest counterexample to every property of opening that a kernel breaks, as a page of the docs. */
import {
  ask,
  type Broken,
  brokenProperties,
  propertyNamed,
  scenarioKernel,
  scenarioNamed,
} from '../../properties/index.ts'
import { counterexample, found } from '../check/counterexample.ts'
import { plainPage } from '../words/page.ts'

export const counterexamplesPage = (): string => `# What breaks, and how

Made by \`npm run pages\`; not edited by hand. For every property of opening a connection that a version, a mode or a corner
of a kernel breaks: why, and the shortest sequence of events that shows it. \`halfopen explain NAME\` tells what a property
means; [claims.md](claims.md) decides what is read about all this.

${brokenProperties.map(section).join('\n')}`

const section = (broken: Broken): string => {
  const { property: id, scenario: name, kernel, because, keptBy } = broken
  const scenario = scenarioNamed(name)!
  const answers = ask(scenario, kernel === undefined ? {} : { kernel }, {}, [id])
  const shown = found(answers)[0]!
  const command = `halfopen check ${name}${kernel === undefined ? '' : ` --kernel ${kernel}`} --property ${id}`
  return `## ${id}, in ${scenarioKernel(scenario, kernel === undefined ? {} : { kernel })}: ${name}

${propertyNamed(id)!.sentence} **Broken:** ${because}.${keptBy === undefined ? '' : ` In the same world ${keptBy} keeps it.`}

\`\`\`
$ ${command}
${counterexample(answers, shown, plainPage).trimEnd()}
\`\`\`
`
}
