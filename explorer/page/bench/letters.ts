/** The key of each enabled event. Letters that other keys need are left out. */
const LETTERS = 'abcefgijkmnopqrstuvwxyz'

export const letterOf = (i: number): string => LETTERS[i] ?? ''
