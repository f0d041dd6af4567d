import { words } from '../prefer.ts'

/** What is said of one capture: in the language of the page, where it is known in it. */
export const Said = ({ text }: { text: string }) => {
  const said = words.value.about.said(text)
  return <span lang={said === undefined ? 'en' : undefined}>{said ?? text}</span>
}
