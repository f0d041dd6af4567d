/**
 * Predicates that a reader writes: `server = SYN_RECV and accept queue > 1`, `2.client = ESTABLISHED or SYN queue >= 2`.
 * Names are those of the facts that the page shows; a number and a point before one names the connection.
 */
import type { World } from '../../model/index.ts'
import { type Fact, factsOf } from '../../traces/writers/facts.ts'

const operators = ['>=', '<=', '!=', '=', '>', '<'] as const
type Operator = (typeof operators)[number]

interface Comparison {
  readonly connection?: number
  readonly what: string
  readonly operator: Operator
  readonly value: string
}

export type Predicate = (world: World) => boolean

/** Undefined for a text that is no predicate. */
export const readPredicate = (text: string): Predicate | undefined => {
  const sums = text.split(/\s+or\s+|\|\|/i).map((product) => product.split(/\s+and\s+|&&/i).map(readComparison))
  if (sums.some((product) => product.some((c) => c === undefined))) return undefined
  return (world) => {
    const facts = factsOf(world)
    return (sums as Comparison[][]).some((product) => satisfied(product, facts, world.groups.length))
  }
}

/** Comparisons without a connection speak of one and the same connection, whichever it is. */
const satisfied = (product: readonly Comparison[], facts: readonly Fact[], groups: number): boolean =>
  Array.from({ length: groups }, (_, i) => i + 1).some((n) => product.every((c) => holds(c, facts, c.connection ?? n)))

const readComparison = (text: string): Comparison | undefined => {
  const [, connection, what = '', operator = '', value = ''] =
    /^\s*(?:(\d+)\.)?([A-Za-z][^<>=!]*?)\s*(>=|<=|!=|=|>|<)\s*(\S.*?)\s*$/.exec(text) ?? []
  if (what === '' || !operators.includes(operator as Operator)) return undefined
  return { ...(connection && { connection: Number(connection) }), what, operator: operator as Operator, value }
}

const holds = ({ what, operator, value }: Comparison, facts: readonly Fact[], connection: number): boolean => {
  const name = what.toLowerCase()
  const fact = facts.find((f) => f.what.toLowerCase() === name && (f.connection ?? connection) === connection)
  if (fact === undefined) return operator === '!='
  return compared(operator, String(fact.value), value)
}

const compared = (operator: Operator, left: string, right: string): boolean => {
  const isNumber = left !== '' && right !== '' && !Number.isNaN(Number(left)) && !Number.isNaN(Number(right))
  const order = isNumber ? Number(left) - Number(right) : left.toLowerCase().localeCompare(right.toLowerCase())
  switch (operator) {
    case '=':
      return order === 0
    case '!=':
      return order !== 0
    case '>':
      return order > 0
    case '<':
      return order < 0
    case '>=':
      return order >= 0
    case '<=':
      return order <= 0
  }
}
