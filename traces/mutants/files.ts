/** The captures that a path stands for. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const CAPTURE = /\.(pcap|pcapng|txt)(\.gz)?$/

/** The file itself, or what a folder holds of captures: of a recorded run, both ends' own. */
export const capturesIn = (path: string): string[] => {
  if (!existsSync(path) || !statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .filter((name) => CAPTURE.test(name) && !/netstat|ss-/.test(name))
    .sort()
    .map((name) => join(path, name))
}
