import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { words } from '../prefer.ts'

export const keysShown = signal(false)

export const Keys = () => {
  const dialog = useRef<HTMLDialogElement>(null)
  const isShown = keysShown.value
  useEffect(() => {
    if (isShown && !dialog.current?.open) dialog.current?.showModal()
    if (!isShown) dialog.current?.close()
  }, [isShown])
  const w = words.value
  return (
    <dialog
      ref={dialog}
      aria-labelledby="keys-heading"
      onClose={() => {
        keysShown.value = false
      }}
    >
      <h2 id="keys-heading">{w.keys.heading}</h2>
      <dl class="keys">
        {w.keys.rows.map(([key, means]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{means}</dd>
          </div>
        ))}
      </dl>
      <button
        type="button"
        onClick={() => {
          keysShown.value = false
        }}
      >
        {w.close}
      </button>
    </dialog>
  )
}
