import { type ComponentChild, h } from 'preact'
import type { Piece } from '../../lessons/piece.ts'

/** The text of a lesson: elements of few kinds, none of which runs anything. */
export const Markdown = ({ text }: { text: readonly Piece[] }) => <>{text.map(element)}</>

const element = (piece: Piece, key: number): ComponentChild => {
  if (typeof piece === 'string') return piece
  const { is, of, href } = piece
  return h(is, href === undefined ? { key } : { key, href, rel: 'noreferrer' }, of.map(element))
}
