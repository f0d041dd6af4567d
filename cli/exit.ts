/** Exit codes. */
export const exit = {
  /** Holds, conforms, or nothing was asked. */
  holds: 0,
  violated: 1,
  usage: 2,
  inconclusive: 3,
  unreadable: 4,
  internal: 70,
  interrupted: 130,
} as const

export type ExitCode = (typeof exit)[keyof typeof exit]

const order: readonly ExitCode[] = [
  exit.interrupted,
  exit.internal,
  exit.usage,
  exit.unreadable,
  exit.violated,
  exit.inconclusive,
  exit.holds,
]

/** Of several answers the one that weighs most. */
export const worst = (codes: readonly ExitCode[]): ExitCode => order.find((code) => codes.includes(code)) ?? exit.holds
