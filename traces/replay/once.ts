/** What is made when it is looked at: of the many connections of a report few are looked at closely. */

/** The same each time: made at the first call, after which nothing is kept but the result. */
export const once = <T>(make: () => T): (() => T) => {
  let open: (() => T) | undefined = make
  let made: T
  return () => {
    if (open !== undefined) {
      made = open()
      open = undefined
    }
    return made
  }
}

/** What an object makes when a member of it is read. */
const making = new WeakMap<object, Readonly<Record<string, () => unknown>>>()

/** One accessor for all objects: with one of its own each object would have a shape of its own, and take a thousand bytes more. */
const accessors = new Map<string, PropertyDescriptor>()
const accessor = (name: string): PropertyDescriptor => {
  const known = accessors.get(name) ?? {
    enumerable: true,
    get(this: object) {
      return making.get(this)![name]!()
    },
  }
  accessors.set(name, known)
  return known
}

/** Gives the object a member that is made when it is read, and that is copied, compared and printed like any other. */
export const whenRead = <T extends object, K extends string, V>(
  object: T,
  name: K,
  make: () => V,
): T & { readonly [name in K]: V } => {
  making.set(object, { ...making.get(object), [name]: once(make) })
  return Object.defineProperty(object, name, accessor(name)) as T & { readonly [name in K]: V }
}
