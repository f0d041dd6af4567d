/** TLC on the same small system, when `TLA2TOOLS_JAR` says where it is. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Measured } from './measured.ts'
import { peerFile } from './spin.ts'

/** @throws Error when there is no TLC, or it does not finish */
export function measureTlc(name: string): Measured {
  const jar = process.env.TLA2TOOLS_JAR
  if (jar === undefined) throw new Error('TLA2TOOLS_JAR is not set')
  const folder = mkdtempSync(join(tmpdir(), 'tlc-'))
  try {
    const started = performance.now()
    const options = ['-XX:+UseParallelGC', '-cp', jar, 'tlc2.TLC', '-workers', '1', '-metadir', folder]
    const { stdout } = spawnSync('java', [...options, '-config', peerFile(`${name}.cfg`), peerFile('TcpRef.tla')], {
      encoding: 'utf8',
    })
    const seconds = (performance.now() - started) / 1000
    const counts = /([\d,]+) states generated, ([\d,]+) distinct states found/.exec(stdout)
    if (counts === null) throw new Error('TLC did not finish')
    const [generated, states] = counts.slice(1).map((count) => Number(count.replaceAll(',', '')))
    return { states: states!, transitions: generated! - 1, seconds, peakMB: 0 }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
