/** Which process holds a socket, as `ss -p` and `netstat -p` print it. */
import type { SocketRow } from '../evidence/sockets.ts'

export interface Holder {
  readonly name: string
  readonly pid: number
}

export const holdersOf = ({ process = '' }: SocketRow): Holder[] => {
  const ofSs = [...process.matchAll(/\("([^"]*)",pid=(\d+)/g)].map(([, name, pid]) => ({
    name: name!,
    pid: Number(pid),
  }))
  const [, pid, name] = /^(\d+)\/(.*)$/.exec(process) ?? []
  return pid === undefined ? ofSs : [{ name: name!, pid: Number(pid) }]
}

/** `nginx (pid 812)`; several that share the socket one after the other. */
export const holderText = (row: SocketRow): string | undefined => {
  const holders = holdersOf(row)
  if (holders.length === 0) return undefined
  const names = [...new Set(holders.map(({ name, pid }) => `${name} (pid ${pid})`))]
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')
}
