/** A claim of the ledger. */
import { articles, type Claim, claimKernels, type Experiment, isAsked, isFilled } from '../../properties/index.ts'
import type { Explanation } from './explanation.ts'

export const ofClaim = (c: Claim): Explanation => ({
  id: c.id,
  is: 'claim',
  says: c.says,
  'read in': c.articles.map((name) => articles[name].title),
  verdict: Object.fromEntries(
    claimKernels.map((kernel) => [kernel, c.verdicts[kernel] ?? `not asked: ${c.unasked?.[kernel]}`]),
  ),
  ...(c.onlyIf && { 'only if': c.onlyIf }),
  because: c.because,
  source: c.source,
  experiments: c.experiments.map(experimentText),
  run: `halfopen check --claims ${c.id}`,
})

/** What is asked, and what comes out if the claim is true. */
export const experimentText = (e: Experiment): string => {
  const granted = e.granted ? ', the condition granted' : ''
  if (isAsked(e)) return `${e.world.name}: ${e.property.id} ${e.claimed}${granted}`
  if (!isFilled(e)) return `${e.what}${settings(e.sysctls)}: ${e.claimed}${granted}`
  return `${e.queue}, backlog ${e.backlog}${settings(e.sysctls)}: room for ${e.claimed}${granted}`
}

export const settings = (values: object): string =>
  Object.entries(values)
    .map(([name, value]) => `, ${name} ${value}`)
    .join('')
