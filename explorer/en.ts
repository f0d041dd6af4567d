/** The English words as a script of their own, with what the model says of itself: the page's code has it without. */
import { made } from './made/sentences.ts'
import { en } from './words/en.ts'

globalThis.halfopenWords = {
  ...globalThis.halfopenWords,
  en: {
    ...en,
    about: {
      ...en.about,
      property: (id, own) => made.property[id] ?? own,
      scenario: (name, own) => made.scenario[name] ?? own,
      setting: (name, own) => made.setting[name] ?? own,
    },
  },
}
