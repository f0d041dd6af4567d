import { describe, expect, it } from 'vitest'
import { readStamp, timesOf } from './tcpdump-time.ts'

const times = (...heads: string[]) => timesOf(heads.map(readStamp))

describe('times of tcpdump text', () => {
  it('time of day, date, epoch', () => {
    expect(readStamp('01:02:03.5 IP ')).toEqual({ kind: 'clock', seconds: 3723.5 })
    expect(readStamp('1970-01-02 00:00:01.25 IP ')).toEqual({ kind: 'date', seconds: 86_401.25 })
    expect(readStamp('1795226300.25 IP ')).toEqual({ kind: 'epoch', seconds: 1_795_226_300.25 })
    expect(readStamp('IP ')).toBeUndefined()
  })
  it('midnight', () => {
    expect(times('23:59:59.5', '00:00:00.5').times).toEqual([86_399.5, 86_400.5])
  })
  it('a step back is no midnight', () => {
    expect(times('12:00:01', '12:00:00').times).toEqual([43_201, 43_200])
  })
  it('deltas are added up', () => {
    expect(times('00:00:00.0', '00:00:01.0', '00:00:00.5')).toEqual({
      times: [0, 1, 1.5],
      notes: ['times are deltas (tcpdump -ttt) and were added up'],
    })
  })
  it('elapsed since the first packet, said as an assumption', () => {
    expect(times('00:00:00.0', '00:00:01.0', '00:00:03.0')).toMatchObject({
      times: [0, 1, 3],
      notes: [expect.stringContaining('-ttttt')],
    })
  })
  it('some lines without a time', () => {
    expect(times('12:00:00', '', '12:00:01').times).toEqual([43_200, undefined, 43_201])
  })
})
