import { describe, expect, test } from 'vitest'
import { halfopen } from './testing/halfopen.ts'

describe('wrong usage: one line with place, cause, remedy and a code; exit 2', () => {
  test.each([
    ['chekc', 'E_COMMAND', 'did you mean halfopen check?'],
    ['ghost-connection', 'E_COMMAND', 'did you mean halfopen check ghost-connection?'],
    ['help qqqqqq', 'E_COMMAND', 'halfopen --help lists them'],
    ['check ghost-conection', 'E_SCENARIO', 'did you mean ghost-connection?'],
    ['check ghost', 'E_SCENARIO', 'did you mean ghost-connection?'],
    ['check close --property Q99', 'E_PROPERTY', 'did you mean Q9?'],
    ['check close --set tcp_abort_on_overflw=1', 'E_SYSCTL', 'did you mean tcp_abort_on_overflow?'],
    ['check close --set tcp_abort_on_overflow', 'E_SYSCTL', 'write name=value'],
    ['check close --set tcp_abort_on_overflow=2', 'E_RANGE', 'give 0 to 1'],
    ['check close --set tcp_retries2=many', 'E_VALUE', 'give 0 to 255'],
    ['check close --kernel linux-6.18x', 'E_KERNEL', 'did you mean linux-6.18?'],
    ['check close --backlog -1', 'E_RANGE', 'give 0 to 65535'],
    ['check close --clients 1000', 'E_RANGE', 'give 1 to 16'],
    ['check close --queued 3', 'E_RANGE', 'give 0 to 2 with backlog 1'],
    ['check close --loss lots', 'E_VALUE', 'give 0 to 100'],
    ['check close --memory big', 'E_VALUE', '--memory 512M'],
    ['check close --memory 1', 'E_RANGE', '64K to 1024G'],
    ['check close --time 0', 'E_RANGE', 'or more'],
    ['check close --los 1', 'E_OPTION', 'did you mean --loss?'],
    ['check close --remedies', 'E_OPTION', 'halfopen check ghost-connection --remedies'],
    ['check ghost-connection --remedies --loss 1', 'E_OPTION', 'leave it out'],
    ['trace', 'E_COMMAND', 'halfopen trace show SCENARIO --path CODE'],
    ['trace shwo', 'E_COMMAND', 'halfopen trace show SCENARIO --path CODE'],
    ['check ghost-connection --full --plain', 'E_OPTION', 'cannot be used with'],
    ['trace show close', 'E_OPTION', "'--path <code>' not specified"],
    ['trace show close --path nonsense!', 'E_PATH', 'copy the whole command'],
    ['graph close --project client.stat', 'E_VALUE', 'did you mean client.state?'],
    ['graph close --to png', 'E_OPTION', 'Allowed choices are'],
    ['list kernel', 'E_OPTION', 'Allowed choices are'],
    ['explain ListenOverflow', 'E_ID', 'did you mean ListenOverflows?'],
    ['explain qqqqqq', 'E_ID', 'halfopen list shows what is known'],
  ])('halfopen %s', async (line, code, remedy) => {
    const ran = await halfopen(line)
    expect(ran.code).toBe(2)
    expect(ran.out).toBe('')
    expect(ran.err).toMatch(/^halfopen: .+: .+; .+ \[E_[A-Z_]+\]\n$/)
    expect(ran.err).toContain(`[${code}]`)
    expect(ran.err).toContain(remedy)
    expect(ran.err).not.toContain('Usage:')
  })
})

describe('what was meant is done, and said', () => {
  const capture = 'traces/corpus/01-normal/capture.pcap'
  test.each([
    [`reply ${capture}`, `replay ${capture}`, 'reply'],
    [capture, `replay ${capture}`, capture],
    ['expalin tcp_syncookies', 'explain tcp_syncookies', 'expalin'],
    ['help reply', 'help replay', 'reply'],
    ['list --json --no-color', 'list --json', undefined],
  ])('halfopen %s', async (line, meant, word) => {
    const [given, asked] = [await halfopen(line), await halfopen(meant)]
    expect(given.out).toBe(asked.out)
    expect(given.code).toBe(0)
    expect(given.err.startsWith(`${word}: taken for halfopen ${meant}\n`)).toBe(word !== undefined)
  })
  test('nothing that writes is done for a word that is nearly its name', async () => {
    const { code, err } = await halfopen('recrod random nowhere')
    expect([code, err]).toEqual([2, expect.stringContaining('did you mean halfopen record random nowhere?')])
  })
})

test('hostile arguments cannot reach the terminal', async () => {
  const { err } = await halfopen(['explain', '\u001b[2J\nhalfopen: all is well'])
  expect(err.trimEnd()).not.toContain('\u001b')
  expect(err.trimEnd().split('\n')).toHaveLength(1)
})

test('HALFOPEN_DEBUG adds where an error was thrown, and nothing else does', async () => {
  expect((await halfopen('explain x')).err).not.toContain('    at ')
  expect((await halfopen('explain x', { env: { HALFOPEN_DEBUG: '1' } })).err).toContain('    at ')
})

test('--help and --version are answers, not mistakes', async () => {
  expect(await halfopen('--version')).toEqual({ code: 0, out: '0.1.0\n', err: '' })
  const { code, out } = await halfopen('check --help')
  expect(code).toBe(0)
  expect(out).toContain('--backlog <n>')
})
