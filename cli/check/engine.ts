/** Which engine searched, how it remembered what it knew, and why it was chosen. */
import type { Report } from '../../checker/index.ts'
import { grouped, short } from '../words/number.ts'

/** Both engines are exact: no two states are ever taken for one. */
export const engineLine = (report: Report): string =>
  report.engine === 'symbolic' ? symbolic(report) : explicit(report)

const explicit = ({ engine, states, orbits, visited, tables, bytesPerState, statesPerSecond }: Report): string =>
  [
    engine === 'depth-first' ? 'state by state, depth first: paths are not the shortest' : 'state by state',
    ...(orbits === undefined
      ? []
      : [`${grouped(orbits)} searched for ${grouped(states)}, alike clients being interchangeable`]),
    visited === 'hash table' || orbits !== undefined ? visited : `${visited} over ${grouped(tables.index)} indices`,
    `${bytesPerState.toFixed(1)} B/state`,
    `${short(statesPerSecond)} states/s`,
    'exact',
  ].join(' · ')

const symbolic = ({ engineReason, bytesPerState }: Report): string =>
  [
    'sets of states, as decision diagrams',
    ...(engineReason === undefined ? [] : [engineReason]),
    `${bytesPerState < 0.1 ? 'under 0.1' : bytesPerState.toFixed(1)} B/state`,
    'exact',
  ].join(' · ')
