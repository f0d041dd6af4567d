import { type View, views } from '../../state/spec.ts'
import { opened } from '../opened.ts'
import { turnLanguage, turnTheme, words } from '../prefer.ts'
import { goTo, view } from '../store.ts'
import { ExportMenu } from './export-menu.tsx'
import { keysShown } from './keys.tsx'
import { share } from './share.ts'

export const Head = () => {
  const w = words.value
  return (
    <header class="head">
      <h1 class="brand">
        half<span>open</span>
      </h1>
      <nav aria-label={w.title}>
        {views.map((v, i) => (
          <ViewLink key={v} to={v} number={i + 1} />
        ))}
      </nav>
      <div class="tools">
        {opened.docs !== undefined && <a href={opened.docs}>{w.docs}</a>}
        <ExportMenu />
        <button type="button" onClick={share}>
          {w.share}
        </button>
        <button
          type="button"
          onClick={() => void turnLanguage()}
          lang={w.switchLanguage === 'English' ? 'en' : 'zh-CN'}
        >
          {w.switchLanguage}
        </button>
        <button type="button" class="icon" onClick={turnTheme} aria-label={w.theme} title={w.theme}>
          ◐
        </button>
        <button
          type="button"
          class="icon"
          onClick={() => {
            keysShown.value = true
          }}
          aria-label={w.help}
          title={w.help}
        >
          ?
        </button>
      </div>
    </header>
  )
}

const ViewLink = ({ to, number }: { to: View; number: number }) => {
  const isHere = view.value === to
  return (
    <a
      href={`#/${to}`}
      class={isHere ? 'here' : ''}
      aria-current={isHere ? 'page' : undefined}
      title={`${number}`}
      onClick={(e) => {
        e.preventDefault()
        goTo(to)
      }}
    >
      {words.value.views[to]}
    </a>
  )
}
