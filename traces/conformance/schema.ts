/** The lines of a recording's files, as they must look; what the bench does not use is not looked at. */
import * as v from 'valibot'

export const event = v.object({
  /** Seconds since the run's epoch. */
  t: v.number(),
  dur: v.optional(v.number(), 0),
  who: v.string(),
  sock: v.string(),
  call: v.string(),
  args: v.nullish(v.record(v.string(), v.unknown())),
  ret: v.unknown(),
  errno: v.nullish(v.string()),
})

export const wireLine = v.object({
  t: v.number(),
  dir: v.picklist(['c2s', 's2c']),
  sp: v.number(),
  dp: v.number(),
  /** Letters of S, F, R, P, A. */
  fl: v.string(),
  seq: v.number(),
  ack: v.number(),
  len: v.number(),
  /** `fwd`, `drop` or `delay:s`. */
  act: v.string(),
})

export const stateLine = v.object({ t: v.number(), l: v.string(), r: v.string(), st: v.string() })

const printed = v.record(v.string(), v.string())

export const params = v.object({
  kernel: v.string(),
  epoch0: v.number(),
  client_ip: v.string(),
  server_ip: v.string(),
  sysctl_client: v.optional(printed),
  sysctl_server: v.optional(printed),
  sysctl_client_start: v.optional(printed),
  sysctl_server_start: v.optional(printed),
  times: v.optional(v.object({ counters_before: v.number(), counters_after: v.number() })),
})

const deltas = v.optional(v.record(v.string(), v.number()), {})
export const counterDeltas = v.object({ client: deltas, server: deltas })

/** What the calls that matter say. */
export const connectArgs = v.object({ port: v.number(), lport: v.optional(v.number()) })
export const connectResult = v.nullish(v.object({ lport: v.optional(v.number()) }))
export const listenArgs = v.object({ port: v.optional(v.number()), backlog: v.number() })
export const acceptResult = v.object({ peer: v.tuple([v.string(), v.number()]), sock: v.optional(v.string()) })
