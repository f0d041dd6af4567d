import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { documentedIn, eventsOfAll, rulesPage } from './rules.ts'

test('every event of every scenario says which clause or kernel function it follows, or that it is no TCP', () => {
  for (const { name, source } of eventsOfAll())
    expect([name, source]).toEqual([name, expect.stringMatching(/RFC \d+|linux: \w+|wire|another host|setting|timers/)])
})

test('a docstring is told with its sources apart, where they stand at its end', () => {
  const text = [
    '/** A socket. RFC 9293 §3.10.7 · linux: tcp_v4_rcv, tcp_rcv_state_process */',
    "import x from 'x'",
    '',
    '/**',
    ' * The queue is full, as RFC 1122 §4.2.3.5 has it:',
    ' * the ACK is dropped. linux: tcp_check_req (listen_overflow)',
    ' */',
    'export const overflow = () => 1',
    '/** linux: tcp_fin */',
    'const finTaken = 1',
    '/** Of nothing in particular. */',
    'const other = 1',
  ].join('\n')
  expect(documentedIn(text)).toEqual({
    file: { name: '', says: 'A socket.', sources: ['RFC 9293 §3.10.7', 'linux: tcp_v4_rcv, tcp_rcv_state_process'] },
    rules: [
      {
        name: 'overflow',
        says: 'The queue is full, as RFC 1122 §4.2.3.5 has it: the ACK is dropped.',
        sources: ['RFC 1122 §4.2.3.5', 'linux: tcp_check_req (listen_overflow)'],
      },
      { name: 'finTaken', says: 'fin taken', sources: ['linux: tcp_fin'] },
    ],
  })
})

test('each file of the reducers of socket and listener that names a clause is on the page, but for those of types alone', () => {
  const page = rulesPage()
  for (const folder of ['model/socket', 'model/listener'])
    for (const file of readdirSync(folder).filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts')))
      if (namesRules(readFileSync(`${folder}/${file}`, 'utf8'))) expect(page).toContain(`${folder}/${file}`)
})

const namesRules = (text: string): boolean =>
  /\/\*\*[^/]*(RFC \d|linux:)/.test(text) && /^(export )?(const|function|class) /m.test(text)
