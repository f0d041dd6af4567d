import { expect, test } from 'vitest'
import { ProfileReads } from './profile-reads.ts'
import { replayStack } from './stacks.ts'

const modern = new ProfileReads(replayStack('linux-6.18'))
const old = new ProfileReads(replayStack('linux-3.10'))

test('an answer is told with what it has looked at, and nothing that another has', () => {
  const first = modern.watch(() => modern.stack.dialect.bareSyn)
  const second = modern.watch(() => modern.stack.sysctls.tcp_retries2 + modern.stack.sysctls.tcp_retries2)
  expect(first).toEqual({ answer: 'challenge', seen: ['bareSyn'] })
  expect(second.seen).toEqual(['tcp_retries2'])
})

test('a setting in place of another leaves the others watched', () => {
  const aborting = Object.create(modern.stack.sysctls, { tcp_abort_on_overflow: { value: 1 } })
  const { answer, seen } = modern.watch(() => [aborting.tcp_abort_on_overflow, aborting.tcp_synack_retries])
  expect(answer).toEqual([1, 5])
  expect(seen).toEqual(['tcp_synack_retries'])
})

test('kernels are alike in some traits, and not in others', () => {
  expect(modern.isAlike(old, ['closeWithUnread', 'tcp_synack_retries'])).toBe(true)
  expect(modern.isAlike(old, ['closeWithUnread', 'bareSyn'])).toBe(false)
  expect(modern.isAlike(old, ['somaxconn'])).toBe(false)
})
