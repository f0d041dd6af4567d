/** `1 step`, `2 steps`. */
export const count = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`
