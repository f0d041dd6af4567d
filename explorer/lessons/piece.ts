/** Markdown as plain elements. Whatever a file writes as HTML is the text that it is. */
import type { Token, Tokens } from 'marked'

const names = ['p', 'h4', 'strong', 'em', 'code', 'pre', 'ol', 'ul', 'li', 'blockquote', 'a', 'span', 'br'] as const

export interface PieceElement {
  readonly is: (typeof names)[number]
  readonly of: readonly Piece[]
  /** Of a link. */
  readonly href?: string
}

/** Text, or an element with what is in it. */
export type Piece = string | PieceElement

export const pieces = (tokens: readonly Token[]): Piece[] => tokens.flatMap((t) => piece(t) ?? [])

const piece = (t: Token): Piece | undefined => {
  const as = (is: PieceElement['is'], of: readonly Piece[] = inside(t)): PieceElement => ({ is, of })
  switch (t.type) {
    case 'space':
      return undefined
    case 'paragraph':
      return as('p')
    case 'heading':
      return as('h4')
    case 'strong':
    case 'em':
    case 'blockquote':
      return as(t.type)
    case 'codespan':
      return as('code', [plain(t.text)])
    case 'code':
      return as('pre', [t.text])
    case 'list': {
      const { items, ordered } = t as Tokens.List
      return as(
        ordered ? 'ol' : 'ul',
        items.map((item) => as('li', pieces(item.tokens))),
      )
    }
    case 'link':
      return { ...as('a'), href: /^(https?:|#)/.test(t.href) ? t.href : '#' }
    case 'text':
      return as('span')
    case 'br':
      return as('br', [])
    default:
      return as('span', [plain(t.raw)])
  }
}

const inside = (t: Token): readonly Piece[] =>
  'tokens' in t && t.tokens ? pieces(t.tokens) : [plain('text' in t ? t.text : t.raw)]

const plain = (text: string): string =>
  text.replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name]!,
  )
