import { expect, test } from 'vitest'
import { halfopen } from '../../cli/testing/halfopen.ts'
import { traceCommand } from './command.ts'
import { benchOf, take } from './run.ts'

test('the command of the bench takes the same steps on the command line', async () => {
  const overrides = { kernel: 'linux-4.4', backlog: 0, timeWait: 1, sysctls: { tcp_abort_on_overflow: 1 } } as const
  const bench = benchOf({ scenario: 'ghost-connection', overrides })
  const path = ['1.client connect', '2.rival connect'].map((_, group) => ({
    rule: group === 0 ? 'client connect' : 'rival connect',
    group,
    choice: 0,
  }))
  const command = traceCommand('show', bench, take(bench, path).steps)
  expect(command).toMatch(/^halfopen trace show ghost-connection .*--kernel linux-4\.4.* --time-wait 1.* --path \w+/)
  const { code, out } = await halfopen(command.replace('halfopen ', ''))
  expect(code).toBe(0)
  expect(out).toMatch(/1 .*client connect[\s\S]*2 .*rival connect/)
})
