import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { whyNotLive } from '../../traces/live/namespaced.ts'
import { schemas } from '../schemas/schemas.ts'
import { halfopen, json } from '../testing/halfopen.ts'

const whyNot =
  process.getuid?.() === 0 ? whyNotLive() : 'the tests make namespaces as root only; halfopen conform needs no root'
if (whyNot !== undefined) console.warn(`SKIPPED: conform kernel: ${whyNot}`)

describe('halfopen conform', () => {
  test('the model: nothing is departed from, but what it does not have is not decided', async () => {
    const { out, code } = await halfopen('conform model')
    expect(out).toMatch(
      /model:rfc9293: 107 requirements: \d+ met, 0 departed from \(0 MUST\), 12 not decided \(6 MUST\)/,
    )
    expect(code).toBe(3)
  })

  test('a profile departs from a MUST: exit code 1, the packets, and which profiles do the same', async () => {
    const { out, code } = await halfopen('conform model:linux-6.18 --requirement MUST-23')
    expect(code).toBe(1)
    expect(out).toContain('departs     MUST   MUST-23')
    expect(out).toContain('tester → target  20019  [S.] seq 0 ack 1')
    expect(out).toMatch(/the same: linux-6.18, linux-6.1, .*linux-3.10/)
  })

  test('a requirement that is met alone: exit code 0', async () => {
    expect((await halfopen('conform model --requirement MUST-10,closed-syn')).code).toBe(0)
  })

  test('--json is as the schema says, with packets only where something departs', async () => {
    const document = await json('conform model:linux-4.9 --json')
    expect(v.safeParse(schemas.conform, document).issues).toBeUndefined()
    expect(document.requirements).toHaveLength(107)
    for (const { verdict, packets, because } of document.requirements) {
      expect(packets === undefined).toBe(verdict !== 'departs')
      if (verdict !== 'meets') expect(because).toBeDefined()
    }
  })

  test.each([
    ['conform', /missing required argument 'target'/],
    [
      'conform lwip',
      /there is no target "lwip"; give kernel, uml, model, model:PROFILE, pipe:COMMAND or address:IP \[E_VALUE\]/,
    ],
    ['conform model --requirement MUST-999', /"MUST-999" is unknown; .*\[E_ID\]/],
    ['conform model:linux-9', /\[E_/],
    ['conform model --service telnet=23', /"telnet=23" names no service; give name=port/],
    ['conform model --service echo=70000', /70000 is out of range/],
    ['conform address:10.0.0.2', /packets are put on no interface that is not named; give --interface/],
    ['conform address:10.0.0.2 --interface lo', /give --from/],
    ['conform address:here --interface lo --from 10.0.0.1', /"here" is no address/],
    ['conform model --interface lo', /model has no interface/],
    ['conform pipe:true --at nowhere', /"nowhere" is no address/],
  ])('%s', async (line, told) => {
    const { code, out, err } = await halfopen(line)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(told)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  test('every requirement is explained, with the services that it needs', async () => {
    const { out } = await halfopen('explain MUST-36')
    expect(out).toContain('MUST-36, a requirement')
    expect(out).toContain('chargen  port 19: sends text without end')
  })

  test.skipIf(whyNot !== undefined)('this kernel', async () => {
    const { out, code } = await halfopen(
      'conform kernel --requirement LISTEN-SYN,RST-EXACT,ACTIVE-CLOSE,MUST-2,MUST-66,MUST-10',
    )
    expect(out).toMatch(/kernel:linux-\S+: 6 requirements: 6 met/)
    expect(code).toBe(0)
  })
})
