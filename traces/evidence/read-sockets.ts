/**
 * Socket listings: `netstat -an` with any of -t -o -p -e, `ss -tan` with -o -i -p -e -O -H, `ss -lnt`, /proc/net/tcp and
 * /proc/net/tcp6, one after the other if need be.
 * Rows that are not TCP are passed over and counted.
 */

import { isImpossiblePort } from '../readers/endpoint.ts'
import { quoted, ReadError } from '../readers/error.ts'
import { textKind } from '../readers/kind.ts'
import { openText } from '../readers/open.ts'
import { harmless } from '../readers/text.ts'
import { netstatRow } from './netstat-row.ts'
import { procRow } from './proc-row.ts'
import type { SocketListing, SocketRow } from './sockets.ts'
import { ssRow } from './ss-row.ts'

/** @throws ReadError as `openText` and `readSockets` */
export const openSockets = (path: string): SocketListing => readSockets(openText(path), harmless(path))

const NETSTAT_HEADER = /^\s*Proto\s+Recv-Q\s+Send-Q\s/
const SS_HEADER = /^\s*(?:Netid\s+)?(State\s+)?Recv-Q\s+Send-Q\s+Local\s/
const PROC_HEADER = /^\s*sl\s+local_address\s+rem/
const PROC_ROW = /^\s*\d+: [0-9A-F]{8}(?:[0-9A-F]{24})?:[0-9A-F]{4} /i
const WINDOWS = /^\s*TCP\s+\S+:\d+\s+\S+:\d+\s+[A-Z_]{4,}/m
const CHATTER = /^\s*$|^\s*#|^Active (Internet|UNIX|LOCAL)|^\(/i
const NETSTAT_TCP = /^\s*tcp\w*\s+\d+\s+\d+\s/i

const AGAIN = 'take the line out, or make the listing again'

/** Queues are counted in 32 bits. linux: inet_diag_msg */
const MOST_QUEUED = 2 ** 32 - 1

/** What no socket has, though the line has the form of one. */
const impossible = ({ local, remote, recvQ, sendQ, backlog = 0 }: SocketRow): string | undefined => {
  const port = [local.port, remote.port].find(isImpossiblePort)
  if (port !== undefined) return `port ${port} is beyond 65535`
  const queue = [recvQ, sendQ, backlog].find((length) => length > MOST_QUEUED)
  return queue === undefined ? undefined : `a queue of ${queue} is longer than any can be`
}

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
    const proc = PROC_HEADER.test(raw)
    if (ss || proc || NETSTAT_HEADER.test(raw)) {
      tool = ss ? 'ss' : proc ? 'proc' : 'netstat'
      processesShown ||= tool === 'netstat' && /PID\/Program/.test(raw)
      return
    }
    if (CHATTER.test(raw)) return
    if (NETSTAT_TCP.test(raw)) tool ??= 'netstat'
    if (PROC_ROW.test(raw)) tool ??= 'proc'
    const row = (tool === 'netstat' ? netstatRow : tool === 'proc' ? procRow : ssRow)(raw, line)
    if (row === 'not TCP') others += 1
    else if (typeof row === 'string') {
      if (tool) throw fail('E_SOCKETS_LINE', line, `${row} in ${quoted(raw)}`, AGAIN)
    } else {
      tool ??= 'ss'
      const cause = impossible(row)
      if (cause !== undefined) throw fail('E_SOCKETS_LINE', line, `${cause} in ${quoted(raw)}`, AGAIN)
      rows.push(row)
    }
  })
  if (!tool) {
    if (WINDOWS.test(text.slice(0, 10_000))) {
      throw fail('E_SOCKETS', 1, 'this netstat of Windows shows no queues', 'give a listing of the Linux host')
    }
    const kind = textKind(text)
    const cause = `no row of netstat, ss or /proc/net/tcp in ${quoted(text.slice(0, 200))}`
    const remedy = 'give the output of netstat -ant or ss -tan'
    throw kind
      ? fail('E_SOCKETS', 1, 'this is no socket listing', `it is ${kind}`)
      : fail('E_SOCKETS', 1, cause, remedy)
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
