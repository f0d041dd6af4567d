/** Numbers for objects by what they say, so that equal ones are compared at a glance. */
export class Ids<T extends object> {
  readonly #byIdentity = new WeakMap<T, number>()
  readonly #byText = new Map<string, number>()
  readonly #bySaying = new Map<string, number>()
  readonly #first: T[] = []
  readonly #say: (t: T) => string

  constructor(say: (t: T) => string) {
    this.#say = say
  }

  of(t: T): number {
    const known = this.#byIdentity.get(t)
    if (known !== undefined) return known
    const text = JSON.stringify(t)
    const id = this.#byText.get(text) ?? this.#read(t)
    this.#byText.set(text, id)
    this.#byIdentity.set(t, id)
    return id
  }

  #read(t: T): number {
    const saying = this.#say(t)
    const id = this.#bySaying.get(saying) ?? this.#first.push(t) - 1
    this.#bySaying.set(saying, id)
    return id
  }

  /** The first that was seen of those that say the same. */
  one(t: T): T {
    return this.#first[this.of(t)]!
  }
}

/** The order in which members were set says nothing. */
export const sayingOf = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return String(value)
  return Array.isArray(value) ? `[${value.map(sayingOf).join()}]` : `{${membersOf(value).sort().join()}}`
}

const membersOf = (value: object): string[] => {
  const members: string[] = []
  for (const [name, member] of Object.entries(value))
    if (member !== undefined) members.push(`${name}:${sayingOf(member)}`)
  return members
}
