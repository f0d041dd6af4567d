import { describe, expect, it } from 'vitest'
import { connect, fire, profiles, seq } from '../../../model/index.ts'
import { inTime, replayStack } from './stacks.ts'

const own = profiles['linux-6.18'].sysctls

describe('the stack that a replay assumes', () => {
  it('has the dialect and the settings of its kernel, and the settings that are told', () => {
    const { dialect, sysctls } = replayStack('linux-6.18', { tcp_syn_retries: 2 })
    expect(dialect).toBe(profiles['linux-6.18'].dialect)
    expect([sysctls.tcp_synack_retries, sysctls.tcp_syn_retries]).toEqual([own.tcp_synack_retries, 2])
  })
  it('sends syncookies only where that is told: else a capture shows none', () => {
    expect(replayStack('linux-6.18').sysctls.tcp_syncookies).toBe(0)
    expect(replayStack('linux-6.18', { tcp_syncookies: 1 }).sysctls.tcp_syncookies).toBe(1)
  })
  it('repeats text once more than the number says, for that is a time: linux retransmits_timed_out', () => {
    expect(replayStack('linux-6.18', { tcp_retries2: 3 }).sysctls.tcp_retries2).toBe(4)
  })
  it.each([
    [0, 9],
    [8, 9],
    [1, 2],
  ])('tcp_orphan_retries %i acts as %i: 0 is 8', (told, acts) => {
    expect(replayStack('linux-6.18', { tcp_orphan_retries: told }).sysctls.tcp_orphan_retries).toBe(acts)
  })
  it('lets a timer that runs fire at any moment; in time it waits', () => {
    const stack = replayStack('linux-6.18')
    const rto = (s: typeof stack): number | undefined => {
      const { to } = connect(seq(99), s)
      return to.state === 'SYN_SENT' ? to.rtx?.left : undefined
    }
    expect([rto(stack), rto(inTime(stack))]).toEqual([0, 1000])
    expect(fire(connect(seq(99), stack).to, stack).send).toMatchObject([{ flags: 'S', seq: 99 }])
  })
})
