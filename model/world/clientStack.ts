/** A client's host. */
import type { Stack } from '../config.ts'
import type { Client } from './parts.ts'
import type { Setting } from './setting.ts'

/** All clients' hosts are alike, but for their clocks. */
export const stackOf = ({ clock }: Client, { clientStack }: Setting): Stack =>
  clock === undefined || clientStack.offers === undefined
    ? clientStack
    : { ...clientStack, offers: { ...clientStack.offers, clock } }
