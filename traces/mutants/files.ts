/** The captures that a path stands for. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { missingFiles, readFolder } from '../conformance/folder.ts'
import { forgedIn } from '../conformance/inferred.ts'
import { readInjected } from '../evidence/index.ts'
import type { Injected } from '../replay/readings/injected.ts'

const CAPTURE = /\.(pcap|pcapng|txt)(\.gz)?$/

/** The file itself, or what a folder and those in it hold of captures: of a recorded run, both ends' own. */
export const capturesIn = (path: string): string[] => {
  if (!existsSync(path) || !statSync(path).isDirectory()) return [path]
  const found = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  return found.flatMap((entry) => {
    if (entry.isDirectory()) return capturesIn(join(path, entry.name))
    return CAPTURE.test(entry.name) && !/netstat|ss-/.test(entry.name) ? [join(path, entry.name)] : []
  })
}

/** Packets that a recorded run has put on the wire, as its log tells: by the clock of the run, or of the capture. */
export const injectedInto = (capture: string): Injected[] => {
  const folder = dirname(capture)
  const log = join(folder, 'events.jsonl')
  const text = existsSync(log) ? readFileSync(log, 'utf8') : ''
  if (!/"call": *"inject"/.test(text)) return []
  return missingFiles(folder).length === 0 ? forgedIn(readFolder(folder)) : readInjected(text, log)
}
