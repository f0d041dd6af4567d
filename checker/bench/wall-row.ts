/** One row of the wall, in a process of its own so that its time and its peak memory are its own; prints JSON. */

/** What sets of worlds made of one world. */
export interface WallRow {
  readonly states: string
  readonly cpuSeconds: number
  readonly peakMB: number
  /** What ended it early. */
  readonly end?: string
  /** Properties without a verdict. */
  readonly undecided: readonly string[]
}

const [name, clients, loss, seconds, memory] = process.argv.slice(2)
/** The checker does not know the TCP model; the bench finds it next door when it is run from the built package. */
const { ask, scenarios } = await import(new URL('../../properties/index.js', import.meta.url).href)
const scenario = scenarios.find((candidate: { name: string }) => candidate.name === name)
if (scenario === undefined) throw new Error(`There is no scenario ${name}; see halfopen list scenarios.`)
const cpuSeconds = (): number => process.cpuUsage().user / 1e6
const { report } = ask(
  scenario,
  { clients: Number(clients), loss: Number(loss) },
  { engine: 'symbolic', maxMemory: Number(memory) * 2 ** 20, shouldStop: () => cpuSeconds() > Number(seconds) },
)
const { exactStates = String(report.states), bound, findings } = report
const end = bound === 'stopped' ? 'time' : bound
const row: WallRow = {
  states: exactStates,
  cpuSeconds: Math.round(cpuSeconds()),
  peakMB: Math.round(process.resourceUsage().maxRSS / 1024),
  ...(end !== undefined && { end }),
  undecided: findings.flatMap(({ property, verdict }: { property: string; verdict: string }) =>
    verdict === 'inconclusive' ? [property] : [],
  ),
}
process.stdout.write(JSON.stringify(row))
