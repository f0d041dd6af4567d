/** The page: a view, chosen by the address, under one head. */
import { render } from 'preact'
import { App } from './app.tsx'
import { followWorld } from './graph/state.ts'
import { listenToKeys } from './keyboard.ts'
import { applyPreferences } from './prefer.ts'
import { keepAddress } from './store.ts'
import { openNamed } from './trace/state.ts'

export const showPage = (): void => {
  applyPreferences()
  keepAddress()
  followWorld()
  listenToKeys()
  openNamed()
  render(<App />, document.getElementById('app')!)
}
