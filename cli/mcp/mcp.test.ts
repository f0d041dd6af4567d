/** The tools, and the protocol as a client speaks it. The process needs what `npm run bundle` has made. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { run } from '../program.ts'
import { tools } from './tools.ts'

const tool = (name: string) => tools.find((t) => t.name === name)!
const capture = 'traces/corpus/ghost-connection/ghost-connection.tcpdump.txt'

describe('tools', () => {
  test('replay: the diagnosis of the published capture, as JSON', async () => {
    const { text, isError } = await tool('replay').run({ file: capture }, {}, run)
    expect(isError).toBe(false)
    expect(JSON.parse(text)).toMatchObject({
      verdict: 'conforms',
      connections: [{ diagnoses: [{ id: 'ghost-connection' }] }],
    })
  })

  test('what-if: sentences', async () => {
    const { text } = await tool('what-if').run({ file: capture, remedy: 'tcp_abort_on_overflow=1' }, {}, run)
    expect(JSON.parse(text).connections[0].whatIf.sentences.length).toBeGreaterThan(2)
  })

  test('check: a violated property is an answer, not an error', async () => {
    const given = { scenario: 'old-duplicates', properties: 'W7' }
    const { text, isError } = await tool('check').run(given, {}, run)
    expect([isError, JSON.parse(text).properties[0].id]).toEqual([false, 'W7'])
  })

  test('a value that looks like a flag is a value', async () => {
    const { text, isError } = await tool('explain').run({ id: '--help' }, {}, run)
    expect([isError, text]).toEqual([true, expect.stringContaining('"--help" is unknown')])
  })

  test('a missing argument is named', async () =>
    expect(await tool('replay').run({}, {}, run)).toEqual({ text: 'file is missing', isError: true }))
})

const main = fileURLToPath(new URL('../../dist/bin/main.js', import.meta.url))
const sdk = fileURLToPath(new URL('../../node_modules/@modelcontextprotocol/sdk/package.json', import.meta.url))

test.skipIf(!existsSync(main) || !existsSync(sdk))('over stdio: initialize, list, call', async () => {
  const child = spawn(process.execPath, [main, 'mcp'])
  const say = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  const heard = new Promise<Record<number, { result: Record<string, unknown> }>>((resolve) => {
    const answers: Record<number, { result: Record<string, unknown> }> = {}
    let text = ''
    child.stdout.on('data', (data) => {
      text += data
      for (const line of text.split('\n').slice(0, -1)) {
        const message = JSON.parse(line)
        answers[message.id] = message
      }
      text = text.slice(text.lastIndexOf('\n') + 1)
      if (answers[3]) resolve(answers)
    })
  })
  const clientInfo = { name: 'test', version: '1' }
  say({ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } })
  say({ method: 'notifications/initialized' })
  say({ id: 2, method: 'tools/list' })
  say({ id: 3, method: 'tools/call', params: { name: 'explain', arguments: { id: 'ListenOverflows' } } })
  const answers = await heard
  child.stdin.end()
  expect((answers[2]!.result.tools as { name: string }[]).map(({ name }) => name)).toEqual([
    'check',
    'replay',
    'what-if',
    'explain',
  ])
  expect(JSON.stringify(answers[3]!.result.content)).toContain('ListenOverflows')
  await new Promise((done) => child.on('close', done))
})
