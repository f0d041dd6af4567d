/** The claims ledger as a page of the docs, made by a run of every experiment. */
import {
  articles,
  type Claim,
  claimKernels,
  claims,
  type Decision,
  decideClaims,
  type Experiment,
  isAsked,
  isFilled,
} from '../../properties/index.ts'
import { settings } from '../explain/claim.ts'
import { worldFlags } from '../options/world.ts'
import { cell, row } from './markdown.ts'

export const claimsPage = (
  decisions: readonly Decision[] = decideClaims(claims),
): string => `# What is read about opening and closing a connection, and what comes of it

Made by \`npm run pages\`, which runs every experiment; not edited by hand. \`halfopen check --claims\` runs them again.

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
${claims
  .map((c) =>
    section(
      c,
      decisions.filter((d) => d.claim === c),
    ),
  )
  .join('\n')}`

const section = (c: Claim, decided: readonly Decision[]): string =>
  [
    `## ${c.id}`,
    '',
    `> ${c.says}`,
    '',
    `Read in: ${c.articles.map((name) => articles[name].title).join('; ')}.`,
    '',
    `**${verdictsInWords(c)}** ${c.because} (${c.source})`,
    '',
    ...c.experiments.map((e, i) => `* ${experiment(e)}. ${outcome(e, i, decided)}`),
    ...Object.entries(c.unasked ?? {}).map(([kernel, why]) => `* ${kernel} is not asked: ${why}.`),
    '',
  ].join('\n')

const verdictsInWords = ({ verdicts, onlyIf }: Claim): string => {
  const text = inWords(
    claimKernels.flatMap((k) => (verdicts[k] ? [[k, verdicts[k]] as const] : [])),
    '',
  )
  const told = text.replace('only if', `true only if ${onlyIf}`)
  return `${told[0]!.toUpperCase()}${told.slice(1)}.`
}

/** `false, since linux-5.10 true` */
const inWords = (perKernel: readonly (readonly [string, string | number])[], mark: string): string =>
  perKernel
    .filter(([, said], i) => i === 0 || said !== perKernel[i - 1]![1])
    .map(([kernel, said], i) => `${i === 0 ? '' : `since ${kernel} `}${mark}${said}${mark}`)
    .join(', ')

const experiment = (e: Experiment): string => {
  const granted = e.granted ? ' with the condition granted' : ''
  if (!isAsked(e) && !isFilled(e)) return `What becomes of ${e.what}${granted}${settings(e.sysctls)}`
  if (!isAsked(e)) return `How many the ${e.queue} takes${granted}, with backlog ${e.backlog}${settings(e.sysctls)}`
  const shipped = (e.shipped ?? []).map((name) => `${name} as shipped`)
  const flags = worldFlags(e.change ?? {}).join(' ')
  const changed = [...(flags === '' ? [] : [`\`${flags}\``]), ...shipped].map((text) => `, ${text}`).join('')
  return cell(`${e.property.id}${granted}: “${e.property.sentence}” Asked of ${e.world.shows}${changed}`)
}

const outcome = (e: Experiment, at: number, decided: readonly Decision[]): string => {
  const came = decided.map((d) => [d.kernel, d.outcomes[at]!.came] as const)
  return `If the claim is true: *${e.claimed}*. It is ${inWords(came, '*')}.`
}
