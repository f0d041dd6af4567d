/** `halfopen list properties --table`: what each world says of each property, for every kernel profile. */
import { allVerdictRows, verdictProfiles } from '../../properties/index.ts'

/** Verdicts as letters, so that seven of them stand beside each other. */
export const letters = {
  holds: '✓',
  violated: '✗',
  reached: '◇',
  'not reached': '—',
  'not applicable': '·',
  inconclusive: '?',
} as const

export const legend = Object.entries(letters)
  .map(([verdict, letter]) => `${letter} ${verdict}`)
  .join(', ')

export const tableHeadings = [
  'world',
  'property',
  ...verdictProfiles.map((name) => name.replace('linux-', '')),
] as const

/** A row per world and property. */
export const tableRows = (): string[][] =>
  allVerdictRows().map(({ world, property, verdicts }) => [
    world,
    property,
    ...verdictProfiles.map((name) => letters[verdicts[name]]),
  ])

export const tableJson = () =>
  allVerdictRows().map(({ world, mode, property, verdicts }) => ({
    name: property,
    world,
    ...(mode === undefined ? {} : { mode }),
    ...verdicts,
  }))
