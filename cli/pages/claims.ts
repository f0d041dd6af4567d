/** The claims ledger as a page of the docs. */
import { articles, type Claim, claimKernels, claims, type Experiment, isAsked } from '../../properties/index.ts'
import { settings } from '../explain/claim.ts'
import { worldFlags } from '../options/world.ts'
import { cell, row } from './markdown.ts'

export const claimsPage = (): string => `# What is read about opening a connection, and what comes of it

Made by \`npm run pages\`; not edited by hand. \`halfopen check --claims\` decides every claim anew, by running.

A claim is stated in our words. It is **true** of a kernel if every experiment comes out as the claim would have it,
**false** if one does not, and **only if** where it is false as it stands and true under a condition that it does not mention.
Experiments are small worlds that are explored to the end, and queues that are filled until one more finds no room. The
kernels are those of \`halfopen list kernels\`; version boundaries are those of mainline releases.

| article | what it is |
| --- | --- |
${Object.entries(articles)
  .map(([, { title, what }]) => row([title, what]))
  .join('')}
${row(['claim', ...claimKernels.map((k) => k.replace('linux-', ''))])}${row(['---', ...claimKernels.map(() => '---')])}${claims
  .map((c) => row([`[${c.id}](#${c.id})`, ...claimKernels.map((k) => c.verdicts[k] ?? '–')]))
  .join('')}
${claims.map(section).join('\n')}`

const section = (c: Claim): string =>
  [
    `## ${c.id}`,
    '',
    `> ${c.says}`,
    '',
    `Read in: ${c.articles.map((name) => articles[name].title).join('; ')}.`,
    '',
    `**${verdictsInWords(c)}** ${c.because} (${c.source})`,
    '',
    ...c.experiments.map((e) => `* ${experiment(e)}`),
    ...Object.entries(c.unasked ?? {}).map(([kernel, why]) => `* ${kernel} is not asked: ${why}.`),
    '',
  ].join('\n')

const verdictsInWords = ({ verdicts, onlyIf }: Claim): string => {
  const asked = claimKernels.filter((k) => verdicts[k] !== undefined)
  const changes = asked.filter((k, i) => i === 0 || verdicts[k] !== verdicts[asked[i - 1]!])
  const words = changes.map((kernel, i) => {
    const verdict = verdicts[kernel] === 'only if' ? `true only if ${onlyIf}` : verdicts[kernel]
    return changes.length === 1 ? `${verdict}` : i === 0 ? `${verdict}` : `since ${kernel} ${verdict}`
  })
  const text = words.join(', ')
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`
}

const experiment = (e: Experiment): string => {
  const granted = e.granted ? ' The condition is granted.' : ''
  if (!isAsked(e))
    return `The ${e.queue} of a listener with backlog ${e.backlog}${settings(e.sysctls)} would have room for *${e.claimed}*.${granted}`
  const flags = [...worldFlags(e.change ?? {}), ...(e.shipped ?? []).map((name) => `${name} as shipped`)]
  const changed = flags.length === 0 ? '' : ` (\`${flags.join(' ')}\`)`
  return cell(
    `${e.property.id}: “${e.property.sentence}” In the world ${e.world.name}, ${e.world.shows}${changed}: would be *${e.claimed}*.${granted}`,
  )
}
