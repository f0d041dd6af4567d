/** The page: a view, chosen by the address, under one head. */
import { render } from 'preact'
import { App } from './app.tsx'
import { followWorld } from './graph/state.ts'
import { listenToKeys } from './keyboard.ts'
import { applyPreferences, wordsAreThere } from './prefer.ts'
import { keepAddress } from './store.ts'
import { openNamed } from './trace/state.ts'

export const showPage = async (): Promise<void> => {
  await wordsAreThere()
  applyPreferences()
  keepAddress()
  followWorld()
  listenToKeys()
  openNamed()
  const app = document.getElementById('app')!
  app.replaceChildren() // what stood there until now
  render(<App />, app)
}
