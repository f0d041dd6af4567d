/** Markdown as elements. Whatever a file writes as HTML is shown as the text that it is. */
import type { Token, Tokens } from 'marked'
import type { ComponentChildren } from 'preact'

export const Markdown = ({ tokens }: { tokens: readonly Token[] }) => <>{tokens.map(element)}</>

const inside = (t: Token): ComponentChildren =>
  'tokens' in t && t.tokens ? t.tokens.map(element) : plain('text' in t ? t.text : t.raw)

const plain = (text: string): string =>
  text.replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name]!,
  )

const element = (t: Token, i: number): ComponentChildren => {
  switch (t.type) {
    case 'space':
      return null
    case 'paragraph':
      return <p key={i}>{inside(t)}</p>
    case 'heading':
      return <h4 key={i}>{inside(t)}</h4>
    case 'strong':
      return <strong key={i}>{inside(t)}</strong>
    case 'em':
      return <em key={i}>{inside(t)}</em>
    case 'codespan':
      return <code key={i}>{plain(t.text)}</code>
    case 'code':
      return <pre key={i}>{t.text}</pre>
    case 'list': {
      const items = (t as Tokens.List).items.map((item) => <li key={item.raw}>{item.tokens.map(element)}</li>)
      return (t as Tokens.List).ordered ? <ol key={i}>{items}</ol> : <ul key={i}>{items}</ul>
    }
    case 'blockquote':
      return <blockquote key={i}>{inside(t)}</blockquote>
    case 'link':
      return (
        <a key={i} href={/^(https?:|#)/.test(t.href) ? t.href : '#'} rel="noreferrer">
          {inside(t)}
        </a>
      )
    case 'text':
      return <span key={i}>{inside(t)}</span>
    case 'br':
      return <br key={i} />
    default:
      return <span key={i}>{plain(t.raw)}</span>
  }
}
