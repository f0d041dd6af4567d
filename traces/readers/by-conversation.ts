/** Places of packets in a store, conversation by conversation. */
import type { PacketStore } from './store.ts'

export interface Grouped {
  /** The places of all, those of one conversation one after another and in order. */
  readonly places: Uint32Array
  /** Where among them those of each conversation end. */
  readonly ends: Uint32Array
}

/** How many packets each conversation has. @param without places that are left out */
export const sizesOf = (store: PacketStore, without: ReadonlySet<number> = NONE): Uint32Array => {
  const sizes = new Uint32Array(store.conversations)
  for (let place = 0; place < store.length; place++) if (!without.has(place)) sizes[store.conversationAt(place)]! += 1
  return sizes
}

/** @param without places that are left out */
export const byConversation = (store: PacketStore, without: ReadonlySet<number>): Grouped => {
  const ends = sizesOf(store, without)
  let total = 0
  for (let i = 0; i < ends.length; i++) {
    total += ends[i]!
    ends[i] = total - ends[i]!
  }
  const places = new Uint32Array(total)
  // Each end is where its conversation begins, and moves on with every packet.
  for (let place = 0; place < store.length; place++)
    if (!without.has(place)) places[ends[store.conversationAt(place)]!++] = place
  return { places, ends }
}

const NONE: ReadonlySet<number> = new Set()
