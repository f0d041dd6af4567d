/** Did you mean: the known name that is nearest to a mistyped one. */
export const nearest = (word: string, known: Iterable<string>): string | undefined => {
  const typed = word.toLowerCase()
  const allowed = Math.max(1, Math.floor(typed.length * 0.4))
  let best: { name: string; away: number } | undefined
  for (const name of known) {
    const away = distance(typed, name.toLowerCase())
    if (away <= allowed && (best === undefined || away < best.away)) best = { name, away }
  }
  return best?.name ?? beginning(typed, known)
}

/** `ghost` for `ghost-connection`. */
const beginning = (typed: string, known: Iterable<string>): string | undefined =>
  typed.length < 3 ? undefined : [...known].find((name) => name.toLowerCase().includes(typed))

/** Letters to insert, delete, change or swap with their neighbour. */
const distance = (a: string, b: string): number => {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2]![j - 2]! + 1 : change
      row.push(Math.min(change, swap, rows[i - 1]![j]! + 1, row[j - 1]! + 1))
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}

/** The remedy of an unknown name: the nearest one, or where all of them are listed. */
export const didYouMean = (word: string, known: Iterable<string>, otherwise: string): string => {
  const name = nearest(word, known)
  return name === undefined ? otherwise : `did you mean ${name}?`
}
