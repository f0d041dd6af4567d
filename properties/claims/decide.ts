/** Decides claims by running their experiments. */
import { type CheckOptions, check, type Verdict } from '../../checker/index.ts'
import { modelOf, type ProfileName, profiles, type Setting, type Sysctl } from '../../model/index.ts'
import { settingOf } from '../scenario.ts'
import { capacity } from './capacity.ts'
import { type Asked, type Claim, type ClaimVerdict, claimKernels, type Experiment, type Filled } from './claim.ts'
import { backlogOfNone } from './worlds.ts'

export interface Outcome {
  readonly experiment: Experiment
  /** A verdict, how many there was room for, or what became of a play. */
  readonly came: string | number
}

export interface Decision {
  readonly claim: Claim
  readonly kernel: ProfileName
  readonly verdict: ClaimVerdict | 'inconclusive'
  /** What the ledger says. */
  readonly expected: ClaimVerdict
  readonly outcomes: readonly Outcome[]
}

export const isAsked = (e: Experiment): e is Asked => 'property' in e
export const isFilled = (e: Experiment): e is Filled => 'queue' in e

/** The world of an experiment on a kernel. */
export const settingFor = (
  { world, change = {}, shipped = [] }: Omit<Asked, 'property' | 'claimed'>,
  kernel: ProfileName,
) => {
  const own = Object.fromEntries(shipped.map((name: Sysctl) => [name, profiles[kernel].sysctls[name]]))
  return settingOf(world, { ...change, kernel, sysctls: { ...change.sysctls, ...own } })
}

const stackFor = (kernel: ProfileName, sysctls: Setting['serverStack']['sysctls'] | object) =>
  settingFor({ world: backlogOfNone, change: { sysctls } }, kernel).serverStack

/** True if all comes out as claimed; under a condition if at least what is granted does. */
export const judge = (outcomes: readonly Outcome[]): Decision['verdict'] => {
  if (outcomes.some(({ came }) => came === 'inconclusive')) return 'inconclusive'
  const asClaimed = (some: readonly Outcome[]) => some.every(({ experiment, came }) => came === experiment.claimed)
  if (asClaimed(outcomes)) return 'true'
  const granted = outcomes.filter(({ experiment }) => experiment.granted)
  return granted.length > 0 && asClaimed(granted) ? 'only if' : 'false'
}

/** Every claim on every kernel of which it is asked. Worlds that claims share are explored once. */
export const decide = (claims: readonly Claim[], options: CheckOptions = {}): Decision[] => {
  const kernelsOf = ({ verdicts }: Claim) => claimKernels.filter((k) => verdicts[k] !== undefined)
  return claimKernels.flatMap((kernel) => {
    const asked = claims.filter((c) => kernelsOf(c).includes(kernel))
    const verdicts = explore(
      asked.flatMap((c) => c.experiments.filter(isAsked)),
      kernel,
      options,
    )
    return asked.map((claim): Decision => {
      const outcomes = claim.experiments.map((e) => ({ experiment: e, came: outcomeOf(e, kernel, verdicts) }))
      return { claim, kernel, verdict: judge(outcomes), expected: claim.verdicts[kernel]!, outcomes }
    })
  })
}

const outcomeOf = (e: Experiment, kernel: ProfileName, verdicts: ReadonlyMap<Asked, Verdict>): string | number => {
  if (isAsked(e)) return verdicts.get(e)!
  const stack = stackFor(kernel, e.sysctls)
  return isFilled(e) ? capacity(e, stack) : e.play(stack)
}

const explore = (experiments: readonly Asked[], kernel: ProfileName, options: CheckOptions): Map<Asked, Verdict> => {
  const verdicts = new Map<Asked, Verdict>()
  for (const key of new Set(experiments.map(worldKey))) {
    const together = experiments.filter((e) => worldKey(e) === key)
    const questions = [...new Map(together.map(({ property }) => [property.id, property])).values()]
    const setting = settingFor(together[0]!, kernel)
    const { findings } = check(
      modelOf(setting),
      questions.map((q) => q.ask(setting)),
      options,
    )
    for (const e of together) verdicts.set(e, findings.find((f) => f.property === e.property.id)!.verdict)
  }
  return verdicts
}

const worldKey = ({ world, change, shipped }: Asked): string => JSON.stringify([world.name, change, shipped])
