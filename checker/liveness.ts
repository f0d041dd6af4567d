import type { Compiled } from './compile/index.ts'
import type { Finding, LeadsTo } from './property.ts'
import type { Searched } from './search/bfs.ts'
import type { Bounds } from './search/bounds.ts'
import type { Entry } from './search/record.ts'
export function decideLeadsTo(_c: Compiled, _s: Searched, property: LeadsTo, _e: Entry, _b: Bounds): Finding {
  return { property: property.id, verdict: 'inconclusive' }
}
