/** A trace in the Informal Trace Format of Apalache: https://apalache-mc.org/docs/adr/015adr-trace.html */
import type { World } from '../../model/index.ts'
import { factsOf } from './facts.ts'
import type { Trace } from './trace.ts'

type ItfValue = string | number | boolean | { '#bigint': string } | { '#map': [ItfValue, ItfValue][] } | ItfValue[]

export interface Itf {
  readonly '#meta': Readonly<Record<string, unknown>>
  readonly vars: readonly string[]
  readonly loop?: number
  readonly states: readonly Readonly<Record<string, ItfValue | { index: number }>>[]
}

const itfValue = (value: string | number): ItfValue => (typeof value === 'number' ? { '#bigint': `${value}` } : value)

export const itf = (trace: Trace, name: string): Itf => {
  const state = (world: World, index: number, event: string) => ({
    '#meta': { index },
    event,
    connections: world.groups.map((_, i): ItfValue => {
      const own = factsOf(world).filter(({ connection }) => connection === i + 1)
      return { '#map': own.map(({ what, value }) => [what, itfValue(value)]) }
    }),
    shared: {
      '#map': factsOf(world)
        .filter(({ connection }) => connection === undefined)
        .map(({ what, value }): [ItfValue, ItfValue] => [what, itfValue(value)]),
    },
  })
  return {
    '#meta': {
      format: 'ITF',
      'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
      source: name,
    },
    vars: ['event', 'connections', 'shared'],
    ...(trace.loop !== undefined && { loop: trace.loop }),
    states: [
      state(trace.initial, 0, 'beginning'),
      ...trace.steps.map(({ world, number, rule, connection, note }) =>
        state(
          world,
          number,
          `${connection === undefined ? '' : `${connection}.`}${rule}${note === '' ? '' : ` ${note}`}`,
        ),
      ),
    ],
  }
}
