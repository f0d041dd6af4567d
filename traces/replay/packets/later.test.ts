import { describe, expect, it } from 'vitest'
import { observed } from '../testing/observed.ts'
import { acksAfterFins, within } from './later.ts'

describe('ACKs that an end repeats after both FINs', () => {
  const fins = ['> F. 100 ack=500', '< F. 500 ack=101', '> . 101 ack=501']
  it('all but the first, which acknowledges the last FIN', () => {
    const steps = observed(...fins, '< F. 500 ack=101', '> . 101 ack=501', '> . 101 ack=501')
    expect([...acksAfterFins(steps, 'client')]).toEqual([4, 5])
    expect([...acksAfterFins(steps, 'server')]).toEqual([])
  })
  it('none where only one end has closed', () => {
    expect([...acksAfterFins(observed('> F. 100 ack=500', '> . 101 ack=500', '> . 101 ack=500'), 'client')]).toEqual([])
  })
  it('a SYN begins anew', () => {
    const steps = observed(...fins, '> S 9000', '> . 9001 ack=1', '> . 9001 ack=1')
    expect([...acksAfterFins(steps, 'client')]).toEqual([])
  })
})

describe('whether one of these follows within so many steps', () => {
  it('counts the step itself as 0, and has an entry for the end', () => {
    expect(within(0, [false, true, false])).toEqual([false, true, false, false])
    expect(within(2, [false, false, false, true])).toEqual([false, true, true, true, false])
  })
  it('none follows: never', () => expect(within(9, [false, false])).toEqual([false, false, false]))
})
