/** Loaded into a process that is measured (`node --import`): tells on descriptor 3 how much memory it had at most, in kB. */
import { writeSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

if (isMainThread)
  process.on('exit', () => {
    writeSync(3, String(process.resourceUsage().maxRSS))
  })
