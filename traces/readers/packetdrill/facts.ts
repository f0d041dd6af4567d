/** What the system calls and shell commands of a script tell of the kernel under test. */
import type { Sysctls } from '../../../model/index.ts'
import { readSettings } from '../settings.ts'
import type { ParsedCall } from './script.ts'

/** Calls that are known, whether or not their answers tell of a state. */
const CALLS = new Set(
  'socket bind listen accept connect close shutdown read readv recv recvfrom recvmsg write writev send sendto sendmsg setsockopt getsockopt fcntl poll ioctl'.split(
    ' ',
  ),
)

export const isKnownCall = ({ name }: ParsedCall): boolean => CALLS.has(name)

/** Once accept() or connect() has returned, the connection was established; what has been reset since is CLOSED. */
const SYNCHRONIZED = ['ESTABLISHED', 'FIN_WAIT1', 'FIN_WAIT2', 'CLOSE_WAIT', 'CLOSING', 'LAST_ACK', 'TIME_WAIT']
const FIN_RECEIVED = ['CLOSE_WAIT', 'LAST_ACK', 'CLOSING', 'TIME_WAIT', 'CLOSED']

/** @param so what has happened to the socket: whether a RST has passed before, whether its receiving was shut down */
export const statesTold = (
  { name, args, result, errno }: ParsedCall,
  { reset, deaf }: { readonly reset: boolean; readonly deaf: boolean },
): readonly string[] | undefined => {
  const succeeded = result !== undefined && result >= 0
  if ((name === 'accept' || name === 'connect') && succeeded) return reset ? undefined : SYNCHRONIZED
  if (name === 'connect' && (errno === 'ECONNREFUSED' || errno === 'ETIMEDOUT')) return ['CLOSED']
  if (/^(read|recv|recvfrom)$/.test(name) && result === 0 && args[2] !== '0') return deaf ? undefined : FIN_RECEIVED
  if (/^(read|recv|recvfrom)$/.test(name) && (errno === 'ECONNRESET' || errno === 'ETIMEDOUT')) return ['CLOSED']
  return undefined
}

/** `/proc/sys/net/ipv4/tcp_sack=0`, as set_sysctls.py of the kernel's selftests has it. */
const named = (word: string): string =>
  word.startsWith('/proc/sys/')
    ? word.slice('/proc/sys/'.length).replace(/^[^=]*/, (path) => path.replaceAll('/', '.'))
    : word

/** `sysctl -q net.ipv4.tcp_syncookies=0 …`, several to a command, several commands to a line. What else it does is not read. */
export const settingsIn = (command: string): { sysctls: Partial<Sysctls>; rest: readonly string[] } => {
  const rest: string[] = []
  let sysctls: Partial<Sysctls> = {}
  for (const part of command.split(/[;\n]|&&/).map((words) => words.trim())) {
    if (part === '') continue
    const words = /^(?:\S*\/)?(?:sysctl|set_sysctls\.py)\s+(.*)$/
      .exec(part)?.[1]
      ?.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)
    const given = words?.map((word) => named(word.replace(/["']/g, ''))).filter((word) => word.includes('=')) ?? []
    if (given.length === 0) rest.push(part)
    else sysctls = { ...sysctls, ...readSettings(given.join('\n')).sysctls }
  }
  return { sysctls, rest }
}
