/**
 * `npm run bench:wall`: how far sets of worlds get with a scenario, by clients and losses, as a table.
 * `-- --scenario ghost-connection --clients 2,3,4 --loss 0,1 --seconds 60 --memory 2048` for others; seconds are of CPU, memory is in MB.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { WallRow } from './wall-row.ts'

const { scenario, clients, loss, seconds, memory } = understood()
const script = fileURLToPath(new URL('./wall-row.js', import.meta.url))
process.stdout.write(
  `${scenario}, at most ${seconds} s of CPU and ${memory} MB\n| losses | clients | states | CPU | peak | |\n|---|---|---|---|---|---|\n`,
)
for (const losses of loss.split(',')) {
  for (const many of clients.split(',')) {
    const { stdout, stderr, status } = spawnSync(process.execPath, [script, scenario, many, losses, seconds, memory], {
      encoding: 'utf8',
    })
    if (status !== 0) {
      process.stderr.write(`${losses} losses, ${many} clients: ${stderr.trim().split('\n').at(-1)}\n`)
      process.exitCode = 1
      continue
    }
    const row: WallRow = JSON.parse(stdout)
    process.stdout.write(`| ${losses} | ${many} | ${line(row)} |\n`)
    if (row.end !== undefined) break
  }
}

function line({ states, cpuSeconds, peakMB, end, undecided }: WallRow): string {
  const count = BigInt(states).toLocaleString('en')
  const open = undecided.length === 0 ? 'all decided' : `open: ${undecided.join(', ')}`
  const ended = end === undefined ? open : `ended by ${end}; ${open}`
  return `${end === undefined || undecided.length === 0 ? count : `at least ${count}`} | ${cpuSeconds} s | ${peakMB} MB | ${ended}`
}

function understood() {
  try {
    return parseArgs({
      options: {
        scenario: { type: 'string', default: 'ghost-connection' },
        clients: { type: 'string', default: '2,3,4,5,6,7,8' },
        loss: { type: 'string', default: '0,1,2,3' },
        seconds: { type: 'string', default: '60' },
        memory: { type: 'string', default: '2048' },
      },
    }).values
  } catch (error) {
    process.stderr.write(`bench:wall: ${(error as Error).message}\n`)
    process.exit(2)
  }
}
