import { expect, test } from 'vitest'
import { namesOf, properties, propertyNamed, scenarios } from './index.ts'
import { slugs } from './slugs.ts'

test('every numbered property has a name, and nothing else is named', () => {
  const numbered = properties.map(({ id }) => id).filter((id) => /^(Q|H|DT|C|W|TM|B|N|L)\d/.test(id))
  expect(Object.keys(slugs).sort()).toEqual([...numbered].sort())
})

test('no name is that of another property or of a scenario, whatever its case', () => {
  const others = [...properties.map(({ id }) => id), ...scenarios.map(({ name }) => name)].map((n) => n.toLowerCase())
  const names = Object.values(slugs).map((name) => name.toLowerCase())
  expect(names.filter((name) => others.includes(name))).toEqual([])
  expect(new Set(names).size).toBe(names.length)
})

test('a property is called by its number and by its name', () => {
  expect(namesOf(propertyNamed('H4')!)).toEqual(['H4', 'no-data-in-SYN_RECV'])
  expect(namesOf(propertyNamed('FULL')!)).toEqual(['FULL'])
})
