/** A claim of the ledger. */
import { articles, type Claim, claimKernels, type Experiment, isAsked, isFilled } from '../../properties/index.ts'
import { worldFlags } from '../options/world.ts'
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
  'if true': Object.fromEntries(c.experiments.map((e) => [asks(e), e.claimed])),
  run: `halfopen check --claims ${c.id}`,
})

/** What is asked, and of what; what comes out if the claim is true is `claimed`. */
export const asks = (e: Experiment): string => {
  const granted = e.granted ? ', the condition granted' : ''
  if (isAsked(e)) return `${e.world.name}: ${e.property.id}${changes(e)}${granted}`
  if (!isFilled(e)) return `${e.what}${settings(e.sysctls)}${granted}`
  return `how many the ${e.queue} takes, backlog ${e.backlog}${settings(e.sysctls)}${granted}`
}

const changes = ({ change = {}, shipped = [] }: Extract<Experiment, { world: unknown }>): string => {
  const flags = worldFlags(change).join(' ')
  return [...(flags === '' ? [] : [flags]), ...shipped.map((name) => `${name} as shipped`)]
    .map((text) => `, ${text}`)
    .join('')
}

export const settings = (values: object): string =>
  Object.entries(values)
    .map(([name, value]) => `, ${name} ${value}`)
    .join('')
