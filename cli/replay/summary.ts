/** Many connections in one table: what is wrong with how many of them, and with which listener. */
import type { Paint } from '../words/paint.ts'
import { table } from '../words/table.ts'
import { groupsOf } from './conclusion.ts'
import type { ReplayedFile } from './file.ts'

/** From so many connections on, the table stands first. */
export const MANY = 10

export const summaryTable = (file: Pick<ReplayedFile, 'report' | 'replayed'>, paint: Paint, width: number): string => {
  const groups = groupsOf(file)
  if (groups.length === 0) return ''
  const rows = groups.map(({ id, server, connections, diagnosis }) => {
    const todo =
      diagnosis === undefined
        ? (connections[0]!.of.reason ?? connections[0]!.of.divergence?.reason ?? '')
        : (diagnosis.decides ?? diagnosis.cause)
    const head = [id, server, `${connections.length}`, `--stream ${connections[0]!.stream}`]
    return [...head, cut(todo, Math.max(20, width - 60))]
  })
  return `\n${table(['what', 'listener', 'connections', 'example', 'what to look at'], rows, paint)}`
}

const cut = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text)
