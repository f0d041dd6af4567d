import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { isLinux } from '../host/live.ts'
import { halfopen, json } from '../testing/halfopen.ts'

const scratch = mkdtempSync(join(tmpdir(), 'halfopen-host-'))
const file = (name: string, text: string): string => {
  const path = join(scratch, name)
  writeFileSync(path, text)
  return path
}

describe('what somebody sent by mail', () => {
  const listing = file(
    'ss.txt',
    'State Recv-Q Send-Q Local Address:Port Peer Address:Port\nLISTEN 129 128 0.0.0.0:502 0.0.0.0:* users:(("plcd",pid=8,fd=3))\n',
  )
  const before = file('before.txt', '    667399 times the listen queue of a socket overflowed\n')
  const after = file('after.txt', '    667412 times the listen queue of a socket overflowed\n')

  it('a full queue: the jam, the process, the counter, what changes it; exit 1', async () => {
    const { code, out } = await halfopen(`host --sockets ${listing} --counters ${before},${after}`)
    const text = out.replace(/\s+/g, ' ')
    expect(code).toBe(1)
    expect(text).toContain('the accept queue of 0.0.0.0:502 is full: 129 connections wait in it')
    expect(text).toContain('plcd (pid 8)')
    expect(text).toContain('ListenOverflows grew by 13 between the readings')
    expect(text).toContain('tcp_abort_on_overflow = 1')
  })
  it('--json: the same, with what the model says of each setting', async () => {
    const document = await json(`host --sockets ${listing} --json`)
    expect(document.listeners[0]).toMatchObject({ full: true, findings: [{ id: 'accept-queue-full' }] })
    expect(document.model.tcp_abort_on_overflow.join()).toContain('by the model')
  })
  it('counters alone are not enough', async () => {
    const { code, err } = await halfopen(`host --counters ${before}`)
    expect([code, err]).toEqual([2, expect.stringContaining('no listing of sockets is given')])
  })
})

/** A listener that never accepts: its process is stopped. */
describe.skipIf(!isLinux())('a server that was jammed on purpose', () => {
  let server: ChildProcess | undefined
  const clients: Socket[] = []
  afterEach(() => {
    for (const client of clients) client.destroy()
    server?.kill('SIGKILL')
  })

  it('is named within one run', { timeout: 30_000 }, async () => {
    const script = `const s = require('node:net').createServer(); s.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(s.address().port))`
    server = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const port = await new Promise<number>((done) => server!.stdout!.once('data', (text) => done(Number(text))))
    server.kill('SIGSTOP')
    for (let i = 0; i < 4; i++) clients.push(connect(port, '127.0.0.1').on('error', () => {}))
    await new Promise((done) => setTimeout(done, 300))
    const document = await json(`host --seconds 1 --port ${port} --json`)
    const [listener] = document.listeners
    expect(listener.queue).toBe(2)
    expect(listener.findings[0].id).toBe('accept-queue-full')
    expect(document.conclusion).toContain(`the accept queue of 127.0.0.1:${port} is full`)
  })
})
