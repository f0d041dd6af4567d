/** The kernel that this process runs on. */
import { release } from 'node:os'
import type { LiveKernel } from './kernel.ts'
import { PathRun } from './path/run.ts'
import { runAll, runTogether } from './worlds.ts'

export const thisKernel: LiveKernel = {
  release: release(),
  runAll,
  lead: (paths) => {
    const runs = paths.map((led) => new PathRun(led))
    const results: ReturnType<PathRun['finish']>[] = []
    runTogether(runs, (run, i) => {
      results[i] = run.finish()
    })
    return results
  },
}
