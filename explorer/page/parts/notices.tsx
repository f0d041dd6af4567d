/** What the address asked for and cannot be shown. */

import { eventText } from '../../state/spec.ts'
import { words } from '../prefer.ts'
import { address, taken, unknown } from '../store.ts'

export const Notices = () => {
  const w = words.value
  const { misfit } = taken.value
  const { path } = address.value
  const all = [
    ...unknown.value.map(({ what, value }) => w.unknown[what](value)),
    ...(misfit === undefined ? [] : [w.misfit(misfit + 1, path.length, eventText(path[misfit]!))]),
  ]
  if (all.length === 0) return null
  return (
    <div class="notice" role="alert">
      {all.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
  )
}
