/** What the wire of one connection may still do besides delivering in order. */
export interface Budget {
  readonly loss: number
  readonly duplication: number
  /** Deliveries out of order; `free` if they cost nothing. */
  readonly reordering: number | 'free'
  /** Segments that no end has sent. */
  readonly forgery: number
}

export type Expense = keyof Budget

/** Spends one; undefined when nothing is left. */
export const spend = (budget: Budget, on: Expense): Budget | undefined => {
  const left = budget[on]
  if (left === 'free') return budget
  return left === 0 ? undefined : { ...budget, [on]: left - 1 }
}
