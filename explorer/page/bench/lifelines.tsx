import { useEffect, useRef } from 'preact/hooks'
import { sequenceSvg } from '../../../traces/writers/sequence-svg.ts'
import { palette, sequenceWords } from '../parts/palette.ts'
import { words } from '../prefer.ts'
import { steps, trace } from '../store.ts'

export const Lifelines = () => {
  const w = words.value
  const box = useRef<HTMLDivElement>(null)
  const length = steps.value.length
  useEffect(() => {
    const { current } = box
    if (current) current.scrollTop = current.scrollHeight
  }, [length])
  const svg = sequenceSvg(trace.value, palette, sequenceWords())
  return (
    <section aria-label={w.bench.lifelines} class="lifelines">
      <div
        ref={box}
        class="scroll"
        tabIndex={0}
        role="img"
        aria-label={`${w.bench.lifelines}: ${w.bench.step(length, length)}`}
      >
        <div dangerouslySetInnerHTML={{ __html: svg }} />
      </div>
    </section>
  )
}
