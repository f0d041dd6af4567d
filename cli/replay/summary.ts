/** Many connections in one table: what is wrong with how many of them, and with which listener. */
import type { Page } from '../words/page.ts'
import { table } from '../words/table.ts'
import { groupsOf } from './conclusion.ts'
import type { ReplayedFile } from './file.ts'

/** From so many connections on, the table stands first. */
export const MANY = 10

export const summaryTable = (file: Pick<ReplayedFile, 'report' | 'replayed'>, page: Page): string => {
  const groups = groupsOf(file)
  if (groups.length === 0) return ''
  const rows = groups.map(({ id, server, connections, first, diagnosis }) => {
    const todo =
      diagnosis === undefined
        ? (first.of.reason ?? first.of.divergence?.reason ?? '')
        : (diagnosis.decides ?? diagnosis.cause)
    const head = [id, server, `${connections}`, `--stream ${first.stream}`]
    return [...head, todo]
  })
  return `\n${table(['what', 'listener', 'connections', 'example', 'what to look at'], rows, page)}`
}
