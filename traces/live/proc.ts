/** What the kernel tells of a namespace: its sockets and its counters. linux: /proc/net/tcp, /proc/net/snmp, /proc/net/netstat */
import type { Namespace } from './native.ts'

const STATES: Readonly<Record<string, string>> = {
  '01': 'ESTABLISHED',
  '02': 'SYN_SENT',
  '03': 'SYN_RECV',
  '04': 'FIN_WAIT1',
  '05': 'FIN_WAIT2',
  '06': 'TIME_WAIT',
  '08': 'CLOSE_WAIT',
  '09': 'LAST_ACK',
  '0A': 'LISTEN',
  '0B': 'CLOSING',
  '0C': 'SYN_RECV',
}

/** `0200A8C0:1388` → `192.168.0.2:5000`: the bytes of the address as a little-endian number. */
const endpoint = (hex: string): string => {
  const bytes = [6, 4, 2, 0].map((i) => Number.parseInt(hex.slice(i, i + 2), 16))
  return `${bytes.join('.')}:${Number.parseInt(hex.slice(9), 16)}`
}

/** Every socket's state, by `local remote`. */
export const socketsOf = (namespace: Namespace): Map<string, string> => {
  const lines = namespace.read('tcp').split('\n').slice(1)
  const found = new Map<string, string>()
  for (const line of lines) {
    const [, local, remote, code] = line.trim().split(/\s+/)
    const state = code && STATES[code]
    if (state) found.set(`${endpoint(local!)} ${endpoint(remote!)}`, state)
  }
  return found
}

/** How many connections wait for accept() on the port; undefined where none listens. linux: sk_ack_backlog */
export const acceptQueueOf = (namespace: Namespace, port: number): number | undefined => {
  for (const line of namespace.read('tcp').split('\n').slice(1)) {
    const [, local, , code, queues] = line.trim().split(/\s+/)
    if (code === '0A' && endpoint(local!).endsWith(`:${port}`)) return Number.parseInt(queues!.slice(9), 16)
  }
  return undefined
}

/** `Tcp.PassiveOpens`, `TcpExt.ListenDrops` … */
export const countersOf = (namespace: Namespace): Map<string, number> => {
  const found = new Map<string, number>()
  for (const file of ['snmp', 'netstat']) {
    const lines = namespace.read(file).split('\n')
    for (let i = 0; i + 1 < lines.length; i += 2) {
      const [group, ...names] = lines[i]!.split(' ')
      const values = lines[i + 1]!.split(' ').slice(1)
      if (group === 'Tcp:' || group === 'TcpExt:')
        for (const [j, name] of names.entries()) found.set(`${group.slice(0, -1)}.${name}`, Number(values[j]))
    }
  }
  return found
}
