/** Ctrl-C during the replay of a long capture: what is done is told, and 130. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { halfopen } from '../testing/halfopen.ts'

const ghosts = join('traces', 'corpus', '05-ghost', 'capture.pcap')
const stopAt = (polls: number) => ({ shouldStop: () => polls-- <= 0 })

describe('a replay that is interrupted', () => {
  test('tells the connections that are done, nothing of their listener, and exits 130', async () => {
    const { code, out } = await halfopen(`replay ${ghosts}`, stopAt(4))
    expect(code).toBe(130)
    expect(out).toContain('note: interrupted after 3 of 9 connections')
    expect(out).toMatch(/3 connections, inconclusive/)
    expect(out).not.toContain('the accept queue of')
  })

  test('says so in JSON', async () => {
    const { code, out } = await halfopen(`replay ${ghosts} --json`, stopAt(4))
    const { connections, interrupted, reason, verdict, listeners } = JSON.parse(out)
    expect([code, verdict, reason]).toEqual([130, 'inconclusive', 'it was interrupted'])
    expect([connections.length, interrupted, listeners]).toEqual([3, { done: 3, of: 9 }, []])
  })

  test('leaves the other files alone', async () => {
    const { code, out } = await halfopen(`replay ${ghosts} ${ghosts}`, stopAt(4))
    expect(code).toBe(130)
    expect(out.match(/capture\.pcap:/g)).toHaveLength(1)
  })
})
