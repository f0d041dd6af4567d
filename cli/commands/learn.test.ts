import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { whyNotLive } from '../../traces/live/namespaced.ts'
import { halfopen, json, unwrapped } from '../testing/halfopen.ts'

const whyNot =
  process.getuid?.() === 0 ? whyNotLive() : 'the tests make namespaces as root only; halfopen learn needs no root'
if (whyNot !== undefined) console.warn(`SKIPPED: learn kernel: ${whyNot}`)

describe('halfopen learn', () => {
  test('the model: as many states as are told, and what it took', async () => {
    const { out, code } = await halfopen('learn model --words 10 --seed 5')
    expect(unwrapped(out)).toMatch(
      /^model:linux-6\.18: 44 states · 12 inputs · 528 transitions asked: [\d,]+ queries · /,
    )
    expect(unwrapped(out)).toContain('0 asked again')
    expect(out).toContain('random words of seed 5')
    expect(code).toBe(0)
  })

  test('--target says the same as the argument', async () => {
    expect((await halfopen('learn --target model:linux-3.10 --words 0')).out).toContain('model:linux-3.10: 46 states')
  })

  test('--against the same profile: no word parts them, exit code 0', async () => {
    const { out, code } = await halfopen('learn model --words 0 --against linux-6.18')
    expect(out).toContain('No word parts model:linux-6.18 and linux-6.18.')
    expect(code).toBe(0)
  })

  test('--against another: the shortest word of each way, and exit code 1', async () => {
    const { out, code } = await halfopen('learn model --words 0 --against linux-3.10')
    expect(out).toContain('part in 2 ways (30 pairs of states)')
    expect(out).toContain(
      '  LISTEN SYN ACK SYN\n    model:linux-6.18: ACK(CURRENT,CURRENT)\n    linux-3.10: -\n    28 pairs\n',
    )
    expect(code).toBe(1)
  })

  test('--json: each difference with both answers to its whole word; the same seed gives the same', async () => {
    const line = 'learn model:linux-3.10 --words 20 --seed 9 --against linux-6.18 --json'
    const { seconds: _, ...document } = await json(line)
    expect(document.states).toHaveLength(46)
    expect(document.transitions).toHaveLength(46 * document.inputs.length)
    expect(document.differences).toHaveLength(2)
    for (const { word, learnt, other, confirmed } of document.differences) {
      expect(confirmed).toBe(true)
      expect([learnt.length, other.length]).toEqual([word.length, word.length])
      expect(learnt.slice(0, -1)).toEqual(other.slice(0, -1))
      expect(learnt.at(-1)).not.toBe(other.at(-1))
    }
    const { seconds: again, ...same } = await json(line)
    expect(same).toEqual(document)
  })

  test('--dot and --aut: the machine as other tools read it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'halfopen-learn-'))
    const [dot, aut] = [join(folder, 'm.dot'), join(folder, 'm.aut')]
    await halfopen(`learn model --words 0 --dot ${dot} --aut ${aut}`)
    const text = readFileSync(dot, 'utf8')
    expect(text).toMatch(/^digraph g \{\n__start0 /)
    expect(text).toContain('s0 -> s0 [label="SYN / RST+ACK(ZERO,NEXT)"];')
    expect(text.match(/ -> s\d+ \[/g)).toHaveLength(528)
    const [head, ...lines] = readFileSync(aut, 'utf8').trim().split('\n')
    expect(head).toBe('des (0, 528, 44)')
    expect(lines).toHaveLength(528)
    expect(lines.every((line) => /^\(\d+, "[\w+]+ \/ [^"]+", \d+\)$/.test(line))).toBe(true)
  })

  test('interrupted: what is known is printed', async () => {
    let polls = 0
    const { out, code } = await halfopen('learn model --seed 1', { shouldStop: () => ++polls > 50 })
    expect(unwrapped(out)).toContain('interrupted before all words were tried: there may be more')
    expect(code).toBe(130)
  })

  test.each([
    ['learn lwip', /there is no target "lwip"; give kernel, uml, model or model:PROFILE \[E_VALUE\]/],
    ['learn kernel:linux-6.1', /there is no target "kernel:linux-6.1"/],
    ['learn model --against linux-x', /"linux-x" is unknown; .*\[E_KERNEL\]/],
    ['learn model:rfc9293', /rfc9293 has no limited queues, and therefore no end of states; .*\[E_KERNEL\]/],
    ['learn model --against rfc9293', /rfc9293 has no limited queues/],
    ['learn model --words -1', /\[E_RANGE\]/],
    ['learn model --seed x', /\[E_VALUE\]/],
    ['learn model --words 0 --dot /nowhere/m.dot', /\/nowhere\/m\.dot: .*\[E_OUTPUT\]/],
  ])('%s', async (line, told) => {
    const { code, out, err } = await halfopen(line)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(told)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  test.skipIf(whyNot !== undefined)('this kernel, against an old one', { timeout: 240_000 }, async () => {
    const document = await json('learn --words 0 --seed 1 --against linux-3.10 --json')
    expect(document.target).toMatch(/^kernel:linux-/)
    expect(document.states.length).toBeGreaterThan(40)
    expect(document.differences).toContainEqual(
      expect.objectContaining({ word: ['LISTEN', 'SYN', 'ACK', 'SYN'], confirmed: true }),
    )
  })
})
