/** `halfopen explain ID`: what something means, where it comes from and where it is used. */
import type { Command } from 'commander'
import { type ProfileName, profileNames } from '../../model/index.ts'
import type { Context } from '../context.ts'
import { UsageError } from '../error.ts'
import { diffText } from '../explain/diff.ts'
import { explanations, knownIds } from '../explain/explain.ts'
import { diffOf, isProfile, type ProfileDiff } from '../explain/profile.ts'
import { explanationText } from '../explain/text.ts'
import { writeJson } from '../io.ts'
import { kernelOf } from '../options/names.ts'
import { didYouMean } from '../words/nearest.ts'

interface Options {
  readonly diff?: ProfileName
  readonly json?: true
}

export const addExplain = (program: Command, context: Context): void => {
  program
    .command('explain')
    .description('what a property, scenario, setting, kernel profile, counter or claim means, and where it comes from')
    .argument('<id>', 'a name that halfopen list shows')
    .option('--diff <kernel>', 'of a kernel profile: in what it departs from another one', kernelOf)
    .option('--json', 'one document')
    .action((id: string, { diff, json }: Options) => {
      const { io } = context
      if (diff) return tellDiff(diffOf(profileFor(id), diff), json ?? false, context)
      const found = explanations(id)
      if (found.length === 0) {
        const remedy = didYouMean(id, knownIds(), 'halfopen list shows what is known')
        throw new UsageError({ code: 'E_ID', place: 'explain', cause: `"${id}" is unknown`, remedy })
      }
      if (json) return writeJson(io, 'explain', found.length === 1 ? found[0]! : { explanations: found })
      io.out(found.map((one) => explanationText(one, context)).join('\n'))
    })
}

const profileFor = (id: string): ProfileName => {
  const name = isProfile(id)
  if (name !== undefined) return name
  const remedy = didYouMean(id, profileNames, `choose one of ${profileNames.join(', ')}`)
  throw new UsageError({ code: 'E_KERNEL', place: '--diff', cause: `"${id}" is no kernel profile`, remedy })
}

const tellDiff = (diff: ProfileDiff, json: boolean, context: Context): void => {
  if (json) writeJson(context.io, 'explain-diff', diff)
  else context.io.out(diffText(diff, context))
}
