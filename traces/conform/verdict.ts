/** How a requirement's script ends early. */

/** The target does otherwise: a departure. */
export class Departs extends Error {}

/** What would decide cannot be seen. */
export class NotDecided extends Error {}

/** Ends the script without a verdict, unless there is something. */
export const must = <T>(there: T | undefined, why: string): T => {
  if (there === undefined) throw new NotDecided(why)
  return there
}

/** The script's own test. @throws Departs */
export const holds = (is: boolean, otherwise: string): void => {
  if (!is) throw new Departs(otherwise)
}
