/** The tools: each is a command with `--json`, so that an assistant gets what a program gets. */
import type { ExitCode } from '../exit.ts'
import type { Io } from '../io.ts'

/** The command line as a function. */
export type Run = (args: readonly string[], io: Io) => Promise<ExitCode>

export interface Tool {
  readonly name: string
  readonly description: string
  readonly inputSchema: {
    readonly type: 'object'
    readonly properties: Readonly<Record<string, object>>
    readonly required?: string[]
  }
  readonly run: (
    given: Readonly<Record<string, unknown>>,
    env: Io['env'],
    run: Run,
  ) => Promise<{ text: string; isError: boolean }>
}

const text = (description: string) => ({ type: 'string', description })
const list = (description: string) => ({ type: 'array', items: { type: 'string' }, description })

/** Arguments that an assistant gives are values, never flags. */
const flag = (name: string, value: unknown): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value.flatMap((one) => [`${name}=${one}`]) : [`${name}=${value}`]

const command = (
  name: string,
  description: string,
  properties: Readonly<Record<string, object>>,
  required: string[],
  args: (given: Readonly<Record<string, unknown>>) => string[],
): Tool => ({
  name,
  description,
  inputSchema: { type: 'object', properties, required },
  async run(given, env, run) {
    const missing = required.find((key) => typeof given[key] !== 'string')
    if (missing !== undefined) return { text: `${missing} is missing`, isError: true }
    const said = { out: '', err: '' }
    const code = await run(args(given), {
      out: (t) => {
        said.out += t
      },
      err: (t) => {
        said.err += t
      },
      isTTY: { out: false, err: false },
      env,
    })
    // Violated, diverging and inconclusive are answers; wrong usage and unreadable input are not.
    const isError = code === 2 || code === 4 || code === 70
    return { text: isError ? said.err || said.out : said.out, isError }
  },
})

const worldProperties = {
  kernel: text('a kernel profile, as linux-6.18'),
  set: list('sysctls, each as name=value'),
}

export const tools: readonly Tool[] = [
  command(
    'check',
    'Explores everything that a bounded TCP world can reach and decides its properties, with a shortest counterexample each. Scenarios: ghost-connection, handshake, close, old-duplicates … (explain names one).',
    {
      scenario: text('the world'),
      properties: text('ids, apart by commas; all of the scenario if absent'),
      backlog: { type: 'integer', description: "listen()'s second argument" },
      ...worldProperties,
    },
    ['scenario'],
    (g) => [
      'check',
      ...flag('--property', g.properties),
      ...flag('--kernel', g.kernel),
      ...flag('--set', g.set),
      ...flag('--backlog', g.backlog),
      '--json',
      '--',
      String(g.scenario),
    ],
  ),
  command(
    'replay',
    'Reads a capture (pcap, pcapng, the text of tcpdump) and says of each connection whether it conforms to TCP as Linux has it, what both ends must have been, and a diagnosis with the packets that show it.',
    {
      file: text('the capture'),
      stream: { type: 'integer', description: 'only this connection, from 0' },
      sockets: text('what ss or netstat printed, as a file'),
      backlog: { type: 'integer', description: 'the backlog of the listener' },
    },
    ['file'],
    (g) => [
      'replay',
      ...flag('--stream', g.stream),
      ...flag('--sockets', g.sockets),
      ...flag('--backlog', g.backlog),
      '--json',
      '--',
      String(g.file),
    ],
  ),
  command(
    'what-if',
    'What a remedy would have done in the situation of a capture: tcp_abort_on_overflow=1, backlog=N, accept=faster, tcp_synack_retries=N.',
    { file: text('the capture'), remedy: text('the remedy'), stream: { type: 'integer', description: 'from 0' } },
    ['file', 'remedy'],
    (g) => ['replay', ...flag('--what-if', g.remedy), ...flag('--stream', g.stream), '--json', '--', String(g.file)],
  ),
  command(
    'explain',
    'What a property, scenario, sysctl, counter, kernel profile or claim means, and where it comes from.',
    { id: text('its name, as ListenOverflows or tcp_abort_on_overflow') },
    ['id'],
    (g) => ['explain', '--json', '--', String(g.id)],
  ),
]
