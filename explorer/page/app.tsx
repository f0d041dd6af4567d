import { Head } from './parts/head.tsx'
import { Keys } from './parts/keys.tsx'
import { Notices } from './parts/notices.tsx'
import { words } from './prefer.ts'
import { said } from './store.ts'
import { CurrentView } from './view.tsx'

export const App = () => (
  <>
    <a class="skip" href="#main" onClick={(e) => skipTo(e)}>
      {words.value.skip}
    </a>
    <Head />
    <main id="main" tabIndex={-1}>
      <Notices />
      <CurrentView />
    </main>
    <Keys />
    <output class="said" aria-live="polite">
      {said.value}
    </output>
  </>
)

const skipTo = (e: Event): void => {
  e.preventDefault()
  document.getElementById('main')?.focus()
}
