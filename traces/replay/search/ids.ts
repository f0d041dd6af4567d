/** Numbers for objects by what they say, so that equal ones are compared at a glance. */
export class Ids<T extends object> {
  readonly #byIdentity = new WeakMap<T, number>()
  readonly #bySaying = new Map<string, number>()
  readonly #first: T[] = []
  readonly #say: (t: T) => string

  constructor(say: (t: T) => string) {
    this.#say = say
  }

  of(t: T): number {
    const known = this.#byIdentity.get(t)
    if (known !== undefined) return known
    const saying = this.#say(t)
    const id = this.#bySaying.get(saying) ?? this.#first.push(t) - 1
    this.#bySaying.set(saying, id)
    this.#byIdentity.set(t, id)
    return id
  }

  /** The first that was seen of those that say the same. */
  one(t: T): T {
    return this.#first[this.of(t)]!
  }
}

/** The order in which members were set says nothing; most are set in the order of others that are equal. */
export const saying = <T extends object>(): ((t: T) => string) => {
  const byText = new Map<string, string>()
  return (t) => {
    const text = JSON.stringify(t)
    const known = byText.get(text) ?? sayingOf(t)
    byText.set(text, known)
    return known
  }
}

const sayingOf = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return String(value)
  return Array.isArray(value) ? `[${value.map(sayingOf).join()}]` : `{${membersOf(value).sort().join()}}`
}

const membersOf = (value: object): string[] => {
  const members: string[] = []
  for (const [name, member] of Object.entries(value))
    if (member !== undefined) members.push(`${name}:${sayingOf(member)}`)
  return members
}
