/** One connection of a trace as a packetdrill script, with one end's kernel under test. */
import { type End, sysctls as rules, type Segment, type Setting, seq } from '../../model/index.ts'
import { type TappedPacket, tapped } from './taps.ts'
import type { Trace, TraceStep } from './trace.ts'

export interface ScriptOptions {
  /** From 1; the connection that the script is of. */
  readonly connection?: number
  /** The end under test. */
  readonly local?: End
}

/** A value that the kernel refuses bounds the world only: a script that set it would end there. */
const sysctlsOf = ({ serverStack: { sysctls } }: Setting): string[] =>
  (['tcp_abort_on_overflow', 'tcp_syncookies', 'tcp_synack_retries', 'tcp_syn_retries'] as const)
    .filter((name) => sysctls[name] >= rules[name].min)
    .map((name) => `sysctl -q net.ipv4.${name}=${sysctls[name]}`)

export const packetdrill = (
  trace: Trace,
  setting: Setting,
  { connection = 1, local = 'server' }: ScriptOptions = {},
): string => {
  const packets = tapped(trace, [local]).filter((p) => p.connection === connection)
  const others = trace.initial.groups.length > 1
  const firstOf = (end: End): number =>
    packets.find(({ from, segment }) => from === end && segment.flags.includes('S'))?.segment.seq ?? setting.iss[end]
  const base = { client: firstOf('client'), server: firstOf('server') }
  const opening =
    local === 'server'
      ? [
          '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3',
          '+0 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0',
          '+0 bind(3, ..., ...) = 0',
          `+0 listen(3, ${setting.backlog}) = 0`,
        ]
      : ['0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3', '+0 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0']
  const lines = linesOf(trace, packets, connection, local, base)
  return [
    `// ${local} of connection ${connection}${others ? `; the script shows one connection, the trace has ${trace.initial.groups.length}` : ''}`,
    `\`${sysctlsOf(setting).join('; ')}\``,
    ...opening,
    ...lines,
    '',
  ].join('\n')
}

/** Packets and calls in their order, with the time that passes between them. */
const linesOf = (
  trace: Trace,
  packets: readonly TappedPacket[],
  connection: number,
  local: End,
  base: Readonly<Record<End, number>>,
): string[] => {
  let passed = 0
  const lines: string[] = []
  const stamp = (): string => {
    const text = passed === 0 ? '+0' : `+${passed}`
    passed = 0
    return text
  }
  for (const step of trace.steps) {
    if (step.rule === 'tick') passed++
    const call = callOf(step, connection, local)
    if (call !== undefined) lines.push(`${stamp()} ${call}`)
    for (const packet of packets.filter(({ comment }) => comment.startsWith(`step ${step.number}:`)))
      lines.push(`${stamp()} ${packet.from === local ? '>' : '<'} ${segmentText(packet, base)}`)
  }
  return lines
}

const calls: Readonly<Record<string, string>> = {
  send: 'write(FD, ..., 1) = 1',
  recv: 'read(FD, ..., 1000) = 1',
  close: 'close(FD) = 0',
  shutdown: 'shutdown(FD, SHUT_WR) = 0',
}

const callOf = ({ rule, connection, changes }: TraceStep, of: number, local: End): string | undefined => {
  if (local === 'server' && rule === 'accept') {
    const isAccepted = changes.some(
      (c) => c.connection === of && c.what === 'place in the accept queue' && c.to === 'none, accepted',
    )
    return isAccepted ? 'accept(3, ..., ...) = 4' : undefined
  }
  if (connection !== of || (local === 'server') !== rule.startsWith('server ')) return undefined
  const [, what = ''] = /^.* (\w+)$/.exec(rule) ?? []
  if (what === 'connect') return 'connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)'
  return calls[what]?.replace('FD', local === 'server' ? '4' : '3')
}

const segmentText = ({ from, segment: s }: TappedPacket, base: Readonly<Record<End, number>>): string => {
  const other: End = from === 'client' ? 'server' : 'client'
  const relative = (n: number, end: End): number => seq(n - base[end])
  const first = relative(s.seq, from)
  const ack = s.ack === undefined ? '' : ` ack ${relative(s.ack, other)}`
  const window = from === 'client' ? ' win 64240' : ''
  return `${flagsOf(s)} ${first}:${seq(first + s.len)}(${s.len})${ack}${window}`
}

const flagsOf = ({ flags, len }: Segment): string => {
  if (flags === '') return '-'
  return len > 0 && flags === '.' ? 'P.' : flags
}
