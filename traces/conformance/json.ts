/** JSON of which one knows what it should hold: each reading names what is missing, and where. */
export type Json = unknown

/** An object read field by field; `place` says whose it is. */
export class Fields {
  readonly #of: Readonly<Record<string, Json>>
  readonly #place: string

  constructor(json: Json, place: string) {
    if (typeof json !== 'object' || json === null) throw new Error(`${place}: is no object; record it again`)
    this.#of = json as Readonly<Record<string, Json>>
    this.#place = place
  }

  has(name: string): boolean {
    return this.#of[name] !== undefined && this.#of[name] !== null
  }

  get(name: string): Json {
    return this.#of[name]
  }

  number(name: string): number {
    const value = this.#of[name]
    return typeof value === 'number' ? value : this.#fail(name, 'number')
  }

  text(name: string): string {
    const value = this.#of[name]
    return typeof value === 'string' ? value : this.#fail(name, 'text')
  }

  fields(name: string): Fields {
    return new Fields(this.#of[name], `${this.#place}, ${name}`)
  }

  /** All of an object's values, where they are alike. */
  table<T>(name: string, of: (value: Json) => T): Readonly<Record<string, T>> {
    const value = this.#of[name] ?? {}
    if (typeof value !== 'object') return this.#fail(name, 'object')
    return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, of(v)]))
  }

  #fail(name: string, kind: string): never {
    throw new Error(`${this.#place}: has no ${kind} "${name}"; record it again, or mend the line`)
  }
}

/** @throws Error that names the place */
export const parse = (text: string, place: string): Fields => {
  try {
    return new Fields(JSON.parse(text), place)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new Error(`${place}: is no JSON (${error.message}); record it again, or mend the line`)
  }
}
