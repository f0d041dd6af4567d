import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { recordingsIn } from '../../traces/conformance/folder.ts'
import { judge } from '../../traces/conformance/row.ts'
import { whyNotLive } from '../../traces/live/namespaced.ts'
import { halfopen, json, unwrapped } from '../testing/halfopen.ts'

const path = async (): Promise<string> => {
  const { properties } = await json('check accept-queue-backlog-0 --property FULL --json')
  return properties[0].counterexample.path
}

test('draws the steps of a code that check gave', async () => {
  const { code, out } = await halfopen(`trace show accept-queue-backlog-0 --path ${await path()}`)
  expect(code).toBe(0)
  expect(out).toContain('accept-queue-backlog-0: 4 steps')
  expect(out).toMatch(/1 → 0 +0 → 1 +1 SYN_RECV → ESTABLISHED/)
  expect(out).toContain('counted: PassiveOpens')
})

test('--to mermaid is a sequence diagram', async () => {
  const { out } = await halfopen(`trace show accept-queue-backlog-0 --to mermaid --path ${await path()}`)
  expect(out).toMatch(/^sequenceDiagram\n/)
  expect(out).toContain('  C1->>S1: [.] ack 501\n')
  expect(out).toContain('  Note over Q: SYN queue 1 → 0, accept queue 0 → 1')
})

test('--json has the steps', async () => {
  const { steps } = await json(`trace show accept-queue-backlog-0 --json --path ${await path()}`)
  expect(steps.map((s: { event: { rule: string } }) => s.event.rule)).toEqual([
    expect.stringMatching(/connect$/),
    'deliver to server',
    'deliver to client',
    'deliver to server',
  ])
})

describe('--view: the last state as the tools would print it', () => {
  const view = async (tool: string) =>
    halfopen(`trace show accept-queue-backlog-0 --view ${tool} --path ${await path()}`)

  test('ss', async () => {
    const { code, out } = await view('ss')
    expect(code).toBe(0)
    expect(out).toBe(`# server: ss -lnt
State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
LISTEN 1      0          192.0.2.2:502       0.0.0.0:*

# server: ss -tano
State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process
LISTEN 1      0          192.0.2.2:502       0.0.0.0:*
ESTAB  0      0          192.0.2.2:502     192.0.2.1:40001

# client: ss -tano
State Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess
ESTAB 0      0          192.0.2.1:40001    192.0.2.2:502
`)
  })
  test('netstat', async () => {
    const { out } = await view('netstat')
    expect(out.split('\n').slice(0, 5)).toEqual([
      '# server: netstat -anto',
      'Active Internet connections (servers and established)',
      'Proto Recv-Q Send-Q Local Address           Foreign Address         State       Timer',
      'tcp        1      0 192.0.2.2:502           0.0.0.0:*               LISTEN      off (0.00/0/0)',
      'tcp        0      0 192.0.2.2:502           192.0.2.1:40001         ESTABLISHED off (0.00/0/0)',
    ])
  })
  test('counters', async () => {
    const { out } = await view('counters')
    expect(out).toContain('# server: cat /proc/net/snmp /proc/net/netstat\nTcp: RtoAlgorithm RtoMin ')
    expect(out).toContain('\nTcp: 1 200 120000 -1 0 1 0 0 1 2 1 0 0 0 0\nTcpExt: ')
  })
  test('--json: a listing per tool and host', async () => {
    const { listings } = await json(`trace show accept-queue-backlog-0 --view netstat --json --path ${await path()}`)
    expect(listings.map((l: { host: string; command: string }) => [l.host, l.command])).toEqual([
      ['server', 'netstat -anto'],
      ['client', 'netstat -anto'],
    ])
  })
  test('one or the other', async () => {
    const { code, err } = await halfopen(`trace show accept-queue-backlog-0 --view ss --to mermaid --path x`)
    expect([code, err]).toEqual([2, expect.stringContaining('cannot be used with')])
  })
})

test('a code of another world, or a mistyped one, is one clear error', async () => {
  const code = await path()
  for (const wrong of [code.slice(0, -1), `${code}A`, code.replace(/^./, 'Z')]) {
    const { code: exit, err } = await halfopen(`trace show accept-queue-backlog-0 --path ${wrong}`)
    expect(exit).toBe(2)
    expect(err).toContain('[E_PATH]')
  }
  const { properties } = await json('check accept-queue --property FULL --json')
  const longer = properties[0].counterexample.path
  const other = await halfopen(`trace show accept-queue-backlog-0 --clients 1 --path ${longer}`)
  expect([other.code, other.err]).toEqual([2, expect.stringContaining('belongs to another system or other settings')])
})

test('a code made with other flags says which they may have been', async () => {
  const code = await path()
  const other = await halfopen(`trace show accept-queue-backlog-0 --kernel linux-4.9 --path ${code}`)
  expect([other.code, other.err]).toEqual([2, expect.stringContaining('--kernel linux-6.18)')])
  const scenario = await halfopen(`trace show close --path ${code}`)
  expect(scenario.err).toContain('(it may be one of accept-queue-backlog-0)')
})

const whyNot = process.getuid?.() === 0 ? whyNotLive() : 'the tests make namespaces as root only'
if (whyNot !== undefined) console.warn(`SKIPPED: trace run and record: ${whyNot}`)

describe.skipIf(whyNot !== undefined)('on this kernel', () => {
  const folder = () => mkdtempSync(join(tmpdir(), 'trace-run-'))

  test('trace run takes the path, by its code alone or from the document of check', async () => {
    const code = await path()
    const { code: exit, out } = await halfopen(`trace run ${code}`)
    expect(out).toMatch(/^accept-queue-backlog-0: 4 steps\n {2}✓ {2}1 1: rival connect\n/)
    expect(out).toMatch(/Linux \S+ has taken every step as the model does\.\nCounters: 2 of 2 agree\.\n$/)
    expect(exit).toBe(0)
    const file = join(folder(), 'check.json')
    writeFileSync(file, (await halfopen('check accept-queue-backlog-0 --property FULL --json')).out)
    const { runs } = await json(`trace run ${file} --json`)
    expect(runs).toMatchObject([{ scenario: 'accept-queue-backlog-0', path: code, agreed: 4, steps: 4, leftOut: 0 }])
  })

  test('record: folders that the bench reads', async () => {
    const dir = join(folder(), 'runs')
    const { out } = await halfopen(`record random ${dir} --seed 5`)
    expect(out).toBe(`${join(dir, 'seed-5-run-0')}\n1 run of seed 5\n`)
    expect(recordingsIn(dir).map((recording) => judge(recording).segments.total > 0)).toEqual([true])
    const again = await halfopen(`record random ${dir}`)
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('[E_OUTPUT]')])
  })
})

test('trace run of what is no path is one clear error', async () => {
  for (const [word, says] of [
    ['nothing', 'this is no file, and no path of any scenario'],
    ['close', 'a scenario has many paths'],
    ['package.json', 'it names no scenario with a path'],
  ]) {
    const { code, err } = await halfopen(`trace run ${word}`)
    expect([code, err]).toEqual([2, expect.stringContaining(says!)])
    expect(err).toContain('[E_PATH]')
  }
})

describe('a segment that is late', () => {
  const drawn = async (to: string, columns = 110) => {
    const { out } = await halfopen(`check old-duplicates --property W7 --time-wait 1 --max-depth 17 --json`)
    const { properties } = JSON.parse(out)
    const code = properties[0].counterexample.path as string
    const { out: shown } = await halfopen(`trace show old-duplicates --time-wait 1 --path ${code} --to ${to}`, {
      columns,
    })
    return shown.split('\n')
  }
  test('is a slanted line in the text, from where it leaves to where it comes, with its incarnation', async () => {
    const lines = await drawn('text')
    const begins = lines.findIndex((line) => /… ③ \[R\] seq 501 ╌╌/.test(line))
    const ends = lines.findIndex((line) => /◀─+ ③ \[R\] seq 501 …/.test(line))
    const places = lines.slice(begins + 1, ends).flatMap((line) => (line.includes('╱') ? [line.lastIndexOf('╱')] : []))
    expect(places.length).toBeGreaterThan(10)
    expect(places).toEqual([...places].sort((a, b) => b - a))
    expect(unwrapped(lines.slice(ends + 1).join('\n'))).toContain(
      '③ sent in step 11 by incarnation 1, overtaken by what step 15 sent, old: the client has begun incarnation 2',
    )
    const wire = lines[2]!.indexOf('wire')
    expect(lines[begins]!.indexOf('… ③')).toBeGreaterThan(wire)
    expect(lines[ends]!.indexOf('◀')).toBe(wire)
  }, 60_000)
  test('has two arrows with one number in Mermaid', async () => {
    const lines = await drawn('mermaid')
    expect(lines.filter((line) => line.includes('③')).map((line) => line.replace(/ \(.*/, ''))).toEqual([
      '  S1--)C1: ③ [R] seq 501',
      '  S1->>C1: ③ [R] seq 501',
    ])
  }, 60_000)
})
