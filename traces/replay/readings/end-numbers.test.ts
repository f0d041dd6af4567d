import { describe, expect, it } from 'vitest'
import { observed } from '../testing/observed.ts'
import { endNumbers } from './end-numbers.ts'

describe('where an end stood when the capture began', () => {
  it('text, then its ACK: SND.NXT is the number of the text, as little as possible was under way', () => {
    const packets = observed('> P. 100:10 ack=500', '< . 500 ack=110')
    expect(endNumbers(packets, 'client', false)).toEqual({ una: 100, nxt: 100, cuts: [] })
    expect(endNumbers(packets, 'server', false)).toEqual({ una: 500, nxt: 500, cuts: [] })
  })
  it('an ACK before anything of the end: all that it acknowledges was sent before', () => {
    const packets = observed('< . 500 ack=110', '> P. 110:10 ack=500')
    expect(endNumbers(packets, 'client', false)).toMatchObject({ una: 110, nxt: 110 })
  })
  it('text that is repeated lies before SND.NXT: SND.UNA is its number', () => {
    const packets = observed('< . 500 ack=110', '> P. 100:10 ack=500')
    expect(endNumbers(packets, 'client', false)).toMatchObject({ una: 100, nxt: 110 })
  })
  it('what is acknowledged beyond all that is shown was under way, if that is asked', () => {
    const packets = observed('> P. 100:10 ack=500', '< . 500 ack=130')
    expect(endNumbers(packets, 'client', true)).toMatchObject({ una: 100, nxt: 130 })
    expect(endNumbers(packets, 'client', false)).toMatchObject({ una: 100, nxt: 100 })
  })
  it('is cut where acknowledgments and SACK blocks cut it, in order', () => {
    const packets = observed(
      '< . 500 ack=100 sack=120-130',
      '< . 500 ack=110 sack=120-130',
      '< . 500 ack=140',
      '> . 140 ack=500',
    )
    expect(endNumbers(packets, 'client', true)).toEqual({ una: 100, nxt: 140, cuts: [110, 120, 130] })
  })
  it('numbers that are farther off than a window are of something else', () => {
    const packets = observed('> P. 100:10 ack=500', `< . 500 ack=${100 + 2 ** 21}`)
    expect(endNumbers(packets, 'client', true)).toMatchObject({ una: 100, nxt: 100 })
  })
  it('forged packets and RSTs tell nothing', () => {
    const packets = observed('> P. 60:5 ack=500', '> R 80', '> P. 100:10 ack=500').map((o, i) =>
      i === 0 ? { ...o, forged: true as const } : o,
    )
    expect(endNumbers(packets, 'client', false)).toMatchObject({ una: 100, nxt: 100 })
  })
})
