/** JSON in pieces. */

/** Below that depth a value is written at once. */
const DEPTH = 4

/** What `JSON.stringify(value, null, 2)` writes, in pieces: members of the outer objects, elements of the outer arrays. */
export function* jsonPieces(value: unknown, depth = 0): Generator<string> {
  if (depth === DEPTH || typeof value !== 'object' || value === null || 'toJSON' in value) yield written(value, depth)
  else if (Array.isArray(value)) yield* among('[]', elements(value, depth), depth)
  else yield* among('{}', members(value, depth), depth)
}

const marginOf = (depth: number): string => '  '.repeat(depth)

/** No string of JSON has a line break of its own. */
const written = (value: unknown, depth: number): string =>
  (JSON.stringify(value, null, 2) ?? 'null').replaceAll('\n', `\n${marginOf(depth)}`)

function* elements(all: readonly unknown[], depth: number): Generator<Generator<string>> {
  for (const element of all) yield jsonPieces(element, depth + 1)
}

function* members(of: object, depth: number): Generator<Generator<string>> {
  for (const [name, value] of Object.entries(of))
    if (value !== undefined && typeof value !== 'function') yield member(name, value, depth)
}

function* member(name: string, value: unknown, depth: number): Generator<string> {
  yield `${JSON.stringify(name)}: `
  yield* jsonPieces(value, depth + 1)
}

function* among(brackets: string, all: Iterable<Iterable<string>>, depth: number): Generator<string> {
  let before = brackets[0]!
  for (const one of all) {
    yield `${before}\n${marginOf(depth + 1)}`
    yield* one
    before = ','
  }
  yield before === ',' ? `\n${marginOf(depth)}${brackets[1]}` : brackets
}
