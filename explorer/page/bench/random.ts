import { choices, takeEvent } from '../store.ts'

/** A step among those that change something; time passes only as often as anything else. */
export const randomStep = (): void => {
  const moving = choices.value.filter(({ leads }) => leads !== 'stays')
  const chosen = moving[Math.floor(Math.random() * moving.length)]
  if (chosen !== undefined) takeEvent(chosen.step.event)
}

export const randomWalk = (length: number): void => {
  for (let i = 0; i < length; i++) randomStep()
}
