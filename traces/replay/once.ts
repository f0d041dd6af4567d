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
