/** Keys that work wherever nothing is being typed. */
import { views } from '../state/spec.ts'
import { letterOf } from './bench/letters.ts'
import { randomStep } from './bench/random.ts'
import { keysShown } from './parts/keys.tsx'
import { turnTheme } from './prefer.ts'
import { at, choices, goTo, jump, takeEvent, taken, view } from './store.ts'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (/^(INPUT|SELECT|TEXTAREA|CANVAS)$/.test(target.tagName) || target.closest('dialog') !== null)

const onBench: Readonly<Record<string, () => void>> = {
  ArrowLeft: () => jump(at.value - 1),
  ArrowRight: () => jump(at.value + 1),
  Home: () => jump(0),
  End: () => jump(taken.value.steps.length),
  R: randomStep,
}

export const listenToKeys = (): void =>
  document.addEventListener('keydown', (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || isTyping(e.target)) return
    const act = actOf(e.key)
    if (act === undefined) return
    e.preventDefault()
    act()
  })

const actOf = (key: string): (() => void) | undefined => {
  const number = Number(key)
  if (number >= 1 && number <= views.length) return () => goTo(views[number - 1]!)
  if (key === '?')
    return () => {
      keysShown.value = true
    }
  if (key === '/') return () => document.querySelector<HTMLInputElement>('input[data-search]')?.focus()
  if (key === 'D') return turnTheme
  if (view.value !== 'bench') return undefined
  const chosen = choices.value.find((_, i) => letterOf(i) === key)
  return onBench[key] ?? (chosen && (() => takeEvent(chosen.step.event)))
}
