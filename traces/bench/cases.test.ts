import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Capture, Packet } from '../capture.ts'
import { openCapture } from '../readers/index.ts'
import { replay } from '../replayCapture.ts'
import { cases } from './cases.ts'

describe('the captures of the benchmark, made small', () => {
  let scratch: string
  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'halfopen-'))
  })
  afterAll(() => rmSync(scratch, { recursive: true }))

  const made = (name: string, size: number): Capture => {
    const file = join(scratch, 'capture.pcap')
    cases.find((c) => c.name === name)!.write(file, size)
    return openCapture(file)
  }

  it.each([
    'bulk/window-limited',
    'bulk/application-limited',
    'bulk-loss/server',
    'bulk-loss/client',
    'bulk-loss/middle',
    'polls',
    'midstream/both',
    'connections',
    'refused',
    'lone-syns',
  ])('%s: conforms', (name) => {
    expect(replay(made(name, 60)).verdict).toBe('conforms')
  })

  it('bulk-loss: text is lost before and after a tap in the middle, sent again, and held meanwhile', () => {
    const { packets } = made('bulk-loss/middle', 2000)
    const text = packets.filter(({ length }) => length > 0)
    const numbers = new Set(text.map(({ sequence }) => sequence))
    expect(text.length).toBeGreaterThan(numbers.size)
    expect(packets.filter((p) => (p.options?.sack?.length ?? 0) > 0).length).toBeGreaterThan(100)
    const order = text.map((p: Packet) => p.identification!)
    expect(order.some((id, i) => i > 0 && id < order[i - 1]!)).toBe(true)
  })

  it('bulk: the same bytes in every run', () => {
    const numbers = (): unknown => made('bulk-loss/server', 500).packets
    expect(numbers()).toEqual(numbers())
  })
})
