/**
 * Socket listings: `netstat -an` with any of -t -o -p -e, `ss -tan` with -o -i -p, `ss -lnt`, one after the other if need be.
 * Rows that are not TCP are passed over and counted.
 */

import { quoted, ReadError } from '../readers/error.ts'
import { openText } from '../readers/open.ts'
import { netstatRow } from './netstat-row.ts'
import type { SocketListing, SocketRow } from './sockets.ts'
import { ssRow } from './ss-row.ts'

/** @throws ReadError as `openText` and `readSockets` */
export const openSockets = (path: string): SocketListing => readSockets(openText(path), path)

const NETSTAT_HEADER = /^\s*Proto\s+Recv-Q\s+Send-Q\s/
const SS_HEADER = /^\s*(?:Netid\s+)?(State\s+)?Recv-Q\s+Send-Q\s+Local\s/
const CHATTER = /^\s*$|^\s*#|^Active (Internet|UNIX|LOCAL)|^\(/i
const NETSTAT_TCP = /^\s*tcp\w*\s+\d+\s+\d+\s/i

/** @throws ReadError E_SOCKETS when nothing in it is a socket of TCP, E_SOCKETS_LINE when a row cannot be read */
export const readSockets = (text: string, file = 'text'): SocketListing => {
  const rows: SocketRow[] = []
  const fail = (code: 'E_SOCKETS' | 'E_SOCKETS_LINE', line: number, cause: string, remedy: string) =>
    new ReadError({ code, place: `${file}:${line}:1`, cause, remedy })
  let tool: SocketListing['tool'] | undefined
  let processesShown = false
  let others = 0
  text.split(/\r\n|\n|\r/).forEach((raw, index) => {
    const line = index + 1
    if (raw.length > 10_000) throw fail('E_SOCKETS_LINE', line, `a line of ${raw.length} characters`, 'take it out')
    const ss = SS_HEADER.exec(raw)
    if (ss && !ss[1]) {
      throw fail('E_SOCKETS', line, 'this ss listing has no State column', 'make it without a state filter: ss -tan')
    }
    if (ss || NETSTAT_HEADER.test(raw)) {
      tool = ss ? 'ss' : 'netstat'
      processesShown ||= !ss && /PID\/Program/.test(raw)
      return
    }
    if (CHATTER.test(raw)) return
    if (NETSTAT_TCP.test(raw)) tool ??= 'netstat'
    const row = tool === 'netstat' ? netstatRow(raw, line) : ssRow(raw, line)
    if (row === 'not TCP') others += 1
    else if (typeof row === 'string') {
      if (tool)
        throw fail('E_SOCKETS_LINE', line, `${row} in ${quoted(raw)}`, 'take the line out, or make the listing again')
    } else {
      tool ??= 'ss'
      rows.push(row)
    }
  })
  if (!tool) {
    const cause = `no row of netstat or ss in ${quoted(text.slice(0, 200))}`
    throw fail('E_SOCKETS', 1, cause, 'give the output of netstat -ant or ss -tan')
  }
  return {
    file,
    tool,
    rows,
    processesShown: processesShown || rows.some((row) => row.process !== undefined),
    notes: [
      ...(others > 0 ? [`${others === 1 ? '1 line is' : `${others} lines are`} no socket of TCP`] : []),
      ...(rows.length === 0 ? ['the listing shows no socket of TCP'] : []),
    ],
  }
}
