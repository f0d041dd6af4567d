/** What a text is, judged by its first telling line: so that an error can name what was given in place of what was asked for. */
const KINDS: readonly { readonly is: string; readonly give: string; readonly shows: RegExp }[] = [
  { is: 'text of tcpdump', give: 'as the capture', shows: / > \S+: Flags \[/ },
  { is: '/proc/net/tcp', give: '--sockets', shows: /^\s*(?:sl\s+local_address|\d+: [0-9A-F]{8,32}:[0-9A-F]{4} )/i },
  { is: 'a listing of ss', give: '--sockets', shows: /^(?:Netid\s+)?(?:State\s+)?Recv-Q\s+Send-Q\s+Local/ },
  { is: 'a listing of netstat', give: '--sockets', shows: /^(?:Proto\s+Recv-Q|tcp[46]*\s+\d+\s+\d+\s)/ },
  { is: 'a listing of ss', give: '--sockets', shows: /^(?:tcp\s+)?(?:ESTAB|LISTEN|[A-Z]+-[A-Z0-9-]+)\s+\d+\s+\d+\s/ },
  { is: '/proc/net/netstat or /proc/net/snmp', give: '--counters', shows: /^(?:Tcp|TcpExt|Ip|IpExt): [A-Z]/ },
  { is: 'counters of nstat', give: '--counters', shows: /^(?:#kernel|\{"kernel":|(?:Ip|Tcp)\w+\s+\d+\s+\d)/ },
  { is: 'counters of netstat -s', give: '--counters', shows: /^(?:Tcp|TcpExt|Ip):\s*$/ },
  {
    is: 'counters of netstat -s',
    give: '--counters',
    shows: /^\s*\d+ (?:times the listen queue of a socket overflowed|SYNs to LISTEN sockets (?:dropped|ignored))$/,
  },
  {
    is: 'settings of sysctl',
    give: '--sysctl',
    shows: /^-?(?:\/proc\/sys\/)?(?:net|kernel|vm|fs|abi|dev)[./][\w./-]+\s*[=:]/,
  },
]

/** Lines looked at, and characters of each. */
const LINES = 50
const WIDTH = 200

/** `text of tcpdump: give it as the capture`; undefined when nothing tells. */
export const textKind = (text: string): string | undefined => {
  const found = kindOf(text)
  return found && `${found.is}: give it ${found.give.startsWith('--') ? `to ${found.give}` : found.give}`
}

/** What was given as a capture and is none, but tells of a host: where it belongs beside a capture, and without one. */
export const hostTextKind = (text: string): string | undefined => {
  const found = kindOf(text)
  if (!found?.give.startsWith('--')) return undefined
  return `it is ${found.is}: give it to ${found.give}, or alone to halfopen host ${found.give}`
}

const kindOf = (text: string): (typeof KINDS)[number] | undefined => {
  for (const line of text.slice(0, LINES * WIDTH).split(/\r\n|\n|\r/, LINES)) {
    const found = KINDS.find(({ shows }) => shows.test(line.slice(0, WIDTH)))
    if (found) return found
  }
  return undefined
}
