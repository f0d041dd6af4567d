/** `halfopen conform TARGET`: a TCP stack against the requirements of RFC 9293 and its neighbours. */
import { type Command, Option } from 'commander'
import {
  conform,
  outcomeOf,
  type Requirement,
  requirements,
  type Service,
  serviceNames,
  TIMES,
  withSameAs,
} from '../../traces/conform/index.ts'
import { type Named, TARGETS, type TargetOptions, targetNamed } from '../conform/target.ts'
import { reportText } from '../conform/text.ts'
import { type Context, hint } from '../context.ts'
import { UsageError } from '../error.ts'
import { exit } from '../exit.ts'
import { isInterrupted, writeJson } from '../io.ts'
import { inside } from '../live/inside.ts'
import { duration, inRange, names } from '../options/values.ts'
import { didYouMean } from '../words/nearest.ts'

interface Options extends TargetOptions {
  readonly requirement?: string[]
  readonly service?: Partial<Record<Service, number>>
  readonly time: number
  readonly msl: number
  readonly json?: true
}

const SECOND = 1_000
const LAST_PORT = 65_535

export const addConform = (program: Command, context: Context): void => {
  program
    .command('conform')
    .description(
      'a TCP stack against the requirements of RFC 9293: each met, departed from (with the packets) or not decided',
    )
    .argument('<target>', TARGETS)
    .option('--requirement <ids>', 'only these, apart by commas', names)
    .option(
      '--time <duration>',
      'how long one requirement may take; they are tried side by side',
      duration('--time', 1),
      TIMES.most / SECOND,
    )
    .option('--msl <duration>', 'the target’s maximum segment lifetime', duration('--msl', 1), TIMES.msl / SECOND)
    .option('--service <name=port>', `where a service of the target is, of ${serviceNames.join(', ')}`, serviceAt)
    .option(
      '--interface <name>',
      'of address:IP: the TUN or veth on which packets are put; on no other is anything sent',
    )
    .addOption(new Option('--from <ip>', 'the address of the suite’s own end'))
    .addOption(new Option('--at <ip>', 'of pipe: the address that the stack has there'))
    .option('--json', 'one document')
    .action(async (text: string, options: Options) => {
      const named = targetNamed(text, options)
      const asked = requirementsNamed(options.requirement)
      await inside(named.place, 'conform', context, () => judged(named, asked, options, context))
    })
}

const serviceAt = (text: string, before: Partial<Record<Service, number>> = {}): Partial<Record<Service, number>> => {
  const [name, port = ''] = text.split('=')
  if (!(serviceNames as string[]).includes(name!) || !/^\d+$/.test(port)) {
    const remedy = `give name=port, with one of ${serviceNames.join(', ')}`
    throw new UsageError({ code: 'E_VALUE', place: '--service', cause: `"${text}" names no service`, remedy })
  }
  return { ...before, [name!]: inRange('--service', Number(port), { min: 1, max: LAST_PORT }) }
}

const requirementsNamed = (ids: readonly string[] | undefined): readonly Requirement[] =>
  ids?.map((id) => {
    const found = requirements.find((r) => r.id.toLowerCase() === id.toLowerCase())
    if (found !== undefined) return found
    const remedy = didYouMean(
      id,
      requirements.map((r) => r.id),
      'halfopen list requirements shows them',
    )
    throw new UsageError({ code: 'E_ID', place: '--requirement', cause: `"${id}" is unknown`, remedy })
  }) ?? requirements

const judged = async (named: Named, asked: readonly Requirement[], o: Options, context: Context): Promise<void> => {
  const { io } = context
  const target = await named.make()
  const watched = io.isTTY.err
  let done = 0
  const options = {
    times: { most: o.time * SECOND, msl: o.msl * SECOND },
    ...(o.service && { ports: o.service }),
    shouldStop: () => isInterrupted(io),
    progress: () => {
      if (watched) io.err(`\r\u001b[K${++done} of ${asked.length} decided`)
    },
  }
  try {
    const results = await withSameAs(await conform(target, asked, options), asked, options)
    if (watched) io.err('\r\u001b[K')
    const of = (verdict: string) => results.filter((r) => r.verdict === verdict).length
    const numbers = { meets: of('meets'), departs: of('departs'), notDecided: of('not decided') }
    if (o.json) writeJson(io, 'conform', { target: target.name, ...numbers, requirements: results })
    else io.out(reportText(target.name, results, context))
    context.exit = isInterrupted(io) ? exit.interrupted : outcomeOf(results)
    if (!o.json && of('departs') > 0) hint(context, 'halfopen explain ID tells where a requirement comes from')
  } finally {
    target.close()
  }
}
