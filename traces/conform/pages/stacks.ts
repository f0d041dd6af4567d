/** The stacks of docs/conformance-suite.md: how each is built from Debian's packages, and why it departs where the reason is known. */
import { execFileSync } from 'node:child_process'
import { release } from 'node:os'
import { join } from 'node:path'
import { modelTarget, pipeTarget, type Target } from '../index.ts'
import { kernelTarget } from '../targets/kernel.ts'

export interface Stack {
  readonly name: string
  readonly is: string
  /** Debian's packages that it is built from. */
  readonly packages: readonly string[]
  /** Its maximum segment lifetime, s. */
  readonly msl: number
  /** What is tried: a target made here (from sources, in the folder; @throws Error where a package is missing), or the second kernel. */
  readonly target: ((folder: string) => Target) | 'uml'
  /** Why it departs, by requirement, or by the beginning of several. */
  readonly reasons: Readonly<Record<string, string>>
}

const SOURCES = join('traces', 'stacks')

const compiled = (folder: string, name: string, flags: readonly string[]): string => {
  const binary = join(folder, `${name}-host`)
  execFileSync('gcc', ['-O2', '-o', binary, join(SOURCES, name, 'host.c'), ...flags], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  return binary
}

/** By the Go packages that Debian installs, without a network. */
const builtByGo = (folder: string, name: string): string => {
  const binary = join(folder, `${name}-host`)
  const env = {
    ...process.env,
    GOPROXY: 'off',
    GO111MODULE: 'off',
    GOPATH: '/usr/share/gocode',
    GOCACHE: join(folder, 'go'),
  }
  execFileSync('go', ['build', '-o', binary, join(SOURCES, name, 'host.go')], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  return binary
}

const EVERY_RST = 'every RST of lwIP has an ACK (tcp_rst_common)'
const BSD = '4.4BSD is older than RFC 5961'

export const stacks: readonly Stack[] = [
  {
    name: `Linux ${/^\d+\.\d+/.exec(release())![0]}`,
    is: 'the kernel of the machine that made this page',
    packages: [],
    msl: 30,
    target: kernelTarget,
    reasons: {
      'MUST-23':
        'tcp_syn_retries is 6, and the first four timeouts are alike (tcp_syn_linear_timeouts): the last SYN goes out after 67 s, and a minute later the connection is given up',
    },
  },
  {
    name: 'Linux 6.1',
    is: 'Linux 6.1 of Debian’s user-mode-linux, a kernel as a process of that machine',
    packages: ['user-mode-linux'],
    msl: 30,
    target: 'uml',
    reasons: {
      'MUST-23':
        'tcp_syn_retries is 6: the last SYN goes out after 63 s, and a minute later the connection is given up',
    },
  },
  {
    name: 'lwIP',
    is: 'lwIP 2.1.3 with the options of Debian’s package',
    packages: ['liblwip-dev'],
    msl: 60,
    target: (folder) => pipeTarget(compiled(folder, 'lwip', ['-I/usr/include/lwip', '-llwip', '-lpthread'])),
    reasons: {
      'CLOSED-ACK': EVERY_RST,
      'CLOSED-TEXT': 'SYN and FIN of one segment count as one (tcp_input)',
      'LISTEN-ACK': EVERY_RST,
      'LISTEN-SYN-ACK': EVERY_RST,
      'SYN-RECEIVED-ACK': EVERY_RST,
      'SYN-SENT-BAD-ACK': EVERY_RST,
      'SYN-SENT-REFUSED': EVERY_RST,
      'SHLD-1': 'there is one counter, and no secret (tcp_next_iss without LWIP_HOOK_TCP_ISN)',
      'SYN-SENT-ACK':
        'whatever acknowledges the SYN without a SYN of its own is reset, and the SYN goes out again (tcp_process)',
      'SYN-SENT-FIN': 'the same',
      'SYN-RECEIVED-OTHER-SYN': 'in SYN_RCVD only a copy of the first SYN is looked at (tcp_process)',
      'NO-ACK': 'text is taken whether there is an ACK or not (tcp_receive)',
      'MUST-10': 'in SYN_SENT only a SYN+ACK is taken (tcp_process)',
      'MUST-22': 'the interval is doubled in every state but SYN_SENT (tcp_slowtmr)',
      'TIME-WAIT-RST': 'it does as RFC 1337 says (tcp_timewait_input)',
    },
  },
  {
    name: 'libslirp',
    is: 'libslirp 4.7: the TCP of 4.4BSD, for virtual machines; it hands connections on to sockets of its host',
    packages: ['libslirp-dev'],
    msl: 5,
    target: (folder) => pipeTarget(compiled(folder, 'slirp', ['-lslirp'])),
    reasons: { RFC5961: BSD },
  },
  {
    name: 'netstack',
    is: 'netstack of gVisor 20221219, in Go',
    packages: ['golang-go', 'golang-gvisor-gvisor-dev'],
    msl: 30,
    target: (folder) => pipeTarget(builtByGo(folder, 'netstack')),
    reasons: {
      'TIME-WAIT-RST': 'it does as RFC 1337 says (handleTimeWaitSegment)',
      'RFC7323-5.3': 'it does not look at timestamps for PAWS (handleTimeWaitSegment says so)',
      'SHLD-4': 'without PAWS it does not look at the clock of a SYN',
    },
  },
  {
    name: 'passt',
    is: 'passt 2023-03: it hands connections of a guest on to sockets of its host, and has no more of a TCP than that needs',
    packages: ['passt', 'iproute2'],
    msl: 30,
    target: (folder) => pipeTarget(compiled(folder, 'passt', [])),
    reasons: {},
  },
  {
    name: 'model',
    is: 'the reducer under the profile rfc9293',
    packages: [],
    msl: 30,
    target: () => modelTarget('rfc9293'),
    reasons: {},
  },
]

export const reasonOf = ({ reasons }: Stack, id: string): string | undefined =>
  reasons[id] ?? Object.entries(reasons).find(([start]) => id.startsWith(start))?.[1]
