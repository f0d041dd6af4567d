/** Clients that limit their rate: at most so many are between connect() and its end. */
import type { Link, Outcome } from './rule.ts'
import type { Setting } from './setting.ts'

/** A client that limits its rate waits until fewer than so many others are between connect() and its end. */
export const limitRate = (setting: Setting): Link[] =>
  setting.connectingAtOnce === undefined
    ? []
    : [
        {
          part: 'connecting',
          shared: true,
          step: (n: number, label: unknown): Outcome[] =>
            n < setting.connectingAtOnce! ? [{ state: n + 1, label }] : [],
        },
      ]

/** The end of a SYN_SENT frees the place that `limitRate` took. */
export const leaveRate = (setting: Setting): Link[] =>
  setting.connectingAtOnce === undefined
    ? []
    : [
        {
          part: 'connecting',
          shared: true,
          step: (n: number, label: { opened?: true }): Outcome[] =>
            label.opened
              ? n === 0
                ? [{ state: n, impossible: true }]
                : [{ state: n - 1, label }]
              : [{ state: n, label }],
        },
      ]
