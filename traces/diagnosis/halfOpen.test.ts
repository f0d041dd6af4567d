import { expect, it } from 'vitest'
import { replay } from '../index.ts'
import { connectionsOf } from '../readers/connections.ts'
import { connectionOf } from '../replay/testing/observed.ts'

const causesOf = (...lines: string[]) => {
  const { packets } = connectionOf(...lines)
  const connections = connectionsOf(packets)
  const capture = {
    file: 'made',
    format: 'pcap',
    packets,
    connections,
    notes: [],
  } as const
  const [diagnosis] = replay(capture).connections[0]!.diagnoses
  return {
    id: diagnosis?.id,
    certainty: diagnosis?.certainty,
    causes: diagnosis?.causes.map(({ words }) => words).join('\n'),
  }
}

it('an ACK and its RST alone: there may never have been a connection, so that nothing is likely', () => {
  expect(causesOf('> . 100 ack=500', '< R 500')).toMatchObject({
    id: 'half-open',
    certainty: 'possible',
    causes: expect.stringContaining('there never was such a connection'),
  })
})
it('after the server has sent text it is not doubted that there was one', () => {
  const { id, causes } = causesOf('> . 100 ack=500', '< . 500:10 ack=100', '> . 100:5 ack=510', '< R 510')
  expect([id, causes?.includes('never was')]).toEqual(['half-open', false])
})
