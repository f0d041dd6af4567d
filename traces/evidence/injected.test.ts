import { describe, expect, it } from 'vitest'
import { ReadError } from '../readers/index.ts'
import { readInjected } from './injected.ts'

const args = { sp: 40_000, dp: 80, flags: 'PA', seq: 7, len: 5 }
const note = (change: object = {}, inside: object = {}): string =>
  JSON.stringify({ call: 'inject', epoch: 12.5, args: { ...args, ...inside }, ...change })

describe('injected packets, as JSON lines', () => {
  it('a packet is read, other notes are passed over', () => {
    expect(readInjected(`{"call":"listen"}\n\n${note({}, { sip: '10.0.0.1' })}\n`)).toEqual([
      { time: 12.5, source: 40_000, destination: 80, from: '10.0.0.1', flags: '.', seq: 7, len: 5 },
    ])
  })
  it.each(['SA', 'S.'])('%s is a SYN+ACK', (flags) => expect(readInjected(note({}, { flags }))[0]!.flags).toBe('S.'))

  it.each([
    ['prose', 'It was a dark night', 'is no JSON'],
    ['a list', '[1]', 'is no object'],
    ['no time', note({ epoch: null }), 'no time "epoch"'],
    ['no args', note({ args: [] }), 'no "args"'],
    ['a port too large', note({}, { sp: 70_000 }), '"sp" is not a whole number up to 65535'],
    ['a sequence number in text', note({}, { seq: '7' }), '"seq" is not a whole number'],
    ['flags that are none', note({}, { flags: 'X' }), '"flags" are no control bits'],
  ])('%s: the line is named', (_, line, cause) => {
    const read = () => readInjected(`${note()}\n${line}`, 'f.jsonl')
    expect(read).toThrow(ReadError)
    expect(read).toThrow(/^f\.jsonl:2:1: .+; write .+ \[E_INJECTED_LINE\]$/)
    expect(read).toThrow(cause)
  })
  it('nothing injected in it is an error, too', () => {
    expect(() => readInjected('{"call":"listen"}\n')).toThrow('[E_INJECTED]')
    expect(() => readInjected('{"call":"listen"}\n')).toThrow('no line of it notes')
  })
})
