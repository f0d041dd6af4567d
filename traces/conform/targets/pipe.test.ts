/** The packet pipe: the end of a child is reported, and a real stack behind it is judged. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { requirements } from '../requirements/index.ts'
import { conform, type Judged } from '../run.ts'
import { pipeTarget } from './pipe.ts'

const named = (...ids: readonly string[]) => requirements.filter((r) => ids.includes(r.id))
const verdicts = (all: readonly Judged[]) => Object.fromEntries(all.map((j) => [j.id, j.verdict]))

test('a command that ends decides nothing, and its last words are told', async () => {
  const target = pipeTarget('sh -c "echo out of memory >&2; exit 3"')
  const [judged] = await conform(target, named('CLOSED-SYN'))
  target.close()
  expect(judged).toMatchObject({ verdict: 'not decided', because: 'the target has ended: exit code 3 (out of memory)' })
})

test('packets may come in pieces', async () => {
  // A child that resets every SYN, byte by byte: it knows nothing but to turn addresses, ports and numbers around.
  const child = `
    const all = []
    const sum = (b) => { let s = 0; for (let i = 0; i < b.length; i += 2) s += b[i] * 256 + (b[i + 1] ?? 0)
      while (s > 65535) s = (s & 65535) + (s >>> 16); return ~s & 65535 }
    process.stdin.on('data', (bytes) => {
      all.push(...bytes)
      while (all.length > 2 && all.length >= 2 + all[0] * 256 + all[1]) {
        const p = all.splice(0, 2 + all[0] * 256 + all[1]).slice(2)
        const tcp = [p[22], p[23], p[20], p[21], 0, 0, 0, 0, ...p.slice(24, 28), 80, 20, 0, 0, 0, 0, 0, 0]
        if (!(p[33] & 2)) continue
        const ack = p.slice(24, 28).reduce((n, b) => n * 256 + b, 0) + 1
        tcp.splice(8, 4, ack >>> 24, (ack >> 16) & 255, (ack >> 8) & 255, ack & 255)
        const ends = [...p.slice(16, 20), ...p.slice(12, 16)]
        const c = sum([...ends, 0, 6, 0, 20, ...tcp])
        tcp.splice(16, 2, c >> 8, c & 255)
        const ip = [69, 0, 0, 40, 0, 0, 64, 0, 64, 6, 0, 0, ...ends]
        for (const b of [0, 40, ...ip, ...tcp]) process.stdout.write(Buffer.of(b))
      }
    })`
  const target = pipeTarget(`'${process.execPath}' -e '${child.replaceAll("'", `'\\''`)}'`)
  const judged = await conform(target, named('CLOSED-SYN', 'LISTEN-SYN'))
  target.close()
  expect(verdicts(judged)).toEqual({ 'CLOSED-SYN': 'meets', 'LISTEN-SYN': 'not decided' })
  expect(judged.find((j) => j.id === 'LISTEN-SYN')?.because).toMatch(/^nothing listens at port 9/)
})

const lwip = (() => {
  if (spawnSync('pkg-config', ['--exists', 'lwip']).status !== 0) return undefined
  const binary = join(mkdtempSync(join(tmpdir(), 'halfopen-lwip-')), 'lwip-host')
  const flags = ['-I/usr/include/lwip', '-llwip', '-lpthread']
  execFileSync('gcc', ['-O1', '-o', binary, 'traces/stacks/lwip/host.c', ...flags], { stdio: 'pipe' })
  return binary
})()
if (lwip === undefined) console.warn('SKIPPED: lwIP behind the pipe: liblwip-dev, pkg-config or gcc is missing')

test.skipIf(lwip === undefined)('lwIP opens, closes and resets; it has no simultaneous open', async () => {
  const target = pipeTarget(lwip!)
  const asked = named('LISTEN-SYN', 'THIRD-ACK-TEXT', 'CLOSED-ACK', 'RFC5961-3.2-IN-WINDOW', 'ACTIVE-CLOSE', 'MUST-10')
  const judged = await conform(target, asked)
  target.close()
  expect(verdicts(judged)).toEqual({
    'LISTEN-SYN': 'meets',
    'THIRD-ACK-TEXT': 'meets',
    'CLOSED-ACK': 'departs',
    'RFC5961-3.2-IN-WINDOW': 'meets',
    'ACTIVE-CLOSE': 'meets',
    'MUST-10': 'departs',
  })
  const { because, packets } = judged.find((j) => j.id === 'CLOSED-ACK')!
  expect(because).toMatch(/^\[R\.\] seq \d+ ack 0 is heard where \[R\] seq \d+ is due$/)
  expect(packets?.map((p) => p.from)).toEqual(['tester', 'target'])
})
