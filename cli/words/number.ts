/** Numbers as people read them. */
export const grouped = (n: number): string =>
  Math.round(n)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')

/** `2.1 M`, `312 k`, `17`. */
export const short = (n: number): string => {
  if (n >= 1e9) return `${(n / 1e9).toFixed(1)} G`
  if (n >= 1e6) return `${(n / 1e6).toFixed(1)} M`
  return n >= 1e3 ? `${(n / 1e3).toFixed(0)} k` : `${Math.round(n)}`
}

/** `0.3 s`, `12 s`, `3 min 20 s`. */
export const seconds = (s: number): string => {
  if (s < 10) return `${s.toFixed(1)} s`
  return s < 120 ? `${Math.round(s)} s` : `${Math.floor(s / 60)} min ${Math.round(s % 60)} s`
}

/** `1 step`, `2 steps`; `many` where the plural is not made with s. */
export const count = (n: number, one: string, many = `${one}s`): string => `${grouped(n)} ${n === 1 ? one : many}`
