/** A segment that is being dragged, and what is under it. Pointer events serve mouse, pen and touch. */
import { signal } from '@preact/signals'
import type { SegmentInFlight } from '../../state/in-flight.ts'
import { acts, type Fate, fates } from './fate.ts'

export const dragging = signal<SegmentInFlight | undefined>(undefined)
/** What dropping it here would do. */
export const aim = signal<Fate | undefined>(undefined)

/** Where the pointer took hold of it. */
let from = { x: 0, y: 0 }

/** Of the ends only the one that it is sent to takes it. */
const fateAt = (x: number, y: number, segment: SegmentInFlight): Fate | undefined => {
  const place = document
    .elementsFromPoint(x, y)
    .map((e) => e.closest<HTMLElement>('[data-drop]')?.dataset.drop)
    .find((name) => name !== undefined)
  return fates.find((fate) => (fate === 'deliver' ? segment.to : fate) === place)
}

const back = (chip: HTMLElement): void => {
  chip.style.transform = ''
  chip.classList.remove('held')
  dragging.value = undefined
  aim.value = undefined
}

export const dragged = (segment: SegmentInFlight) => ({
  onPointerDown(e: PointerEvent) {
    if (e.button !== 0) return
    const chip = e.currentTarget as HTMLElement
    chip.setPointerCapture(e.pointerId)
    chip.classList.add('held')
    from = { x: e.clientX, y: e.clientY }
    dragging.value = segment
  },
  onPointerMove(e: PointerEvent) {
    if (dragging.value !== segment) return
    const chip = e.currentTarget as HTMLElement
    chip.style.transform = `translate(${e.clientX - from.x}px, ${e.clientY - from.y}px)`
    aim.value = fateAt(e.clientX, e.clientY, segment)
  },
  onPointerUp(e: PointerEvent) {
    if (dragging.value !== segment) return
    const fate = fateAt(e.clientX, e.clientY, segment)
    back(e.currentTarget as HTMLElement)
    if (fate !== undefined) acts(segment)[fate]?.()
  },
  onPointerCancel(e: PointerEvent) {
    if (dragging.value === segment) back(e.currentTarget as HTMLElement)
  },
})
