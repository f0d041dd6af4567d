/** The last state of a trace as the tools of its two hosts would print it. */
import {
  counterLines,
  type Host,
  linesOf,
  netstat,
  type ProfileName,
  type Setting,
  ss,
  ssListening,
} from '../../model/index.ts'
import { lastWorld, type Trace } from '../../traces/index.ts'
import type { Paint } from '../words/paint.ts'

export const views = ['ss', 'netstat', 'counters'] as const
export type View = (typeof views)[number]

/** One command's output. */
export interface Listing {
  readonly host: Host
  readonly command: string
  readonly lines: readonly string[]
}

export const listings = (view: View, trace: Trace, setting: Setting, kernel?: ProfileName): Listing[] =>
  (['server', 'client'] as const).flatMap((host) => {
    const world = lastWorld(trace)
    const sockets = linesOf(world, setting, host)
    if (view === 'netstat') return [{ host, command: 'netstat -anto', lines: netstat(sockets) }]
    if (view === 'ss') {
      const listening = { host, command: 'ss -lnt', lines: ssListening(sockets) }
      return [...(host === 'server' ? [listening] : []), { host, command: 'ss -tano', lines: ss(sockets) }]
    }
    const run = { effects: trace.steps.map(({ effects }) => effects), world, setting }
    return [{ host, command: 'cat /proc/net/snmp /proc/net/netstat', lines: counterLines(run, host, kernel) }]
  })

/** What stands after # is not the tool's: readers of such listings pass it over. */
export const listingsText = (all: readonly Listing[], paint: Paint): string =>
  all.map(({ host, command, lines }) => `${paint('dim', `# ${host}: ${command}`)}\n${lines.join('\n')}\n`).join('\n')
