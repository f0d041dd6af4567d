/** What the number of requests says about the kernel, given a backlog. */

/**
 * Kernels from 4.4 on keep at most backlog (since 6.13 backlog + 1) requests; before, a table sized at the first listen()
 * held a power of two. linux: inet_csk_reqsk_queue_is_full, reqsk_queue_alloc
 */
export const synQueueNote = (requests: number, backlog: number): string[] => {
  if (requests <= backlog + 1) return []
  const table = 2 ** Math.ceil(Math.log2(Math.max(8, backlog) + 1))
  const many = `${requests} requests are more than a kernel since 4.4 keeps with backlog ${backlog} (at most ${backlog + 1})`
  return requests <= table
    ? [`${many}: an older one keeps ${table}, and up to 4.9 it admits SYNs even while the accept queue is full`]
    : [`${many}, and more than the ${table} of an older one: the backlog was larger at some time`]
}
