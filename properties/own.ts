/** A property of TCP that is not among the shipped ones: typed by what it reads. */
import { type Property, typed } from '../checker/index.ts'
import type { TcpProperty, View } from './property.ts'

/** The parts of the model that a property may read: of one connection, and of the server that all share. */
export interface TcpParts {
  readonly group: Pick<View, 'client' | 'server' | 'up' | 'down'>
  readonly shared: Pick<View, 'listener'>
}

/**
 * Helpers whose predicates know the model: a mistyped part or field is an error of the compiler.
 *
 * @example
 * tcp.invariant('ONE', { reads: { shared: ['listener'] }, then: ({ listener }) => listener.acceptQueue <= 1 })
 */
export const tcp = typed<TcpParts>()

/** @param sentence what it says, in one plain sentence */
export const ownProperty = (
  sentence: string,
  question: Property,
  more: { readonly formula?: string; readonly source?: string } = {},
): TcpProperty => ({
  id: question.id,
  family: 'own',
  sentence,
  formula: more.formula ?? question.id,
  source: more.source ?? 'a property of your own',
  kind: question.kind,
  ask: () => ({ ...question, mayLack: true }),
})
