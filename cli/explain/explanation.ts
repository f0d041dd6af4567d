/** What is said of one thing that has a name. */
export interface Explanation {
  readonly id: string
  /** What kind of thing it is; the rest are lines to print, in this order. */
  readonly is:
    | 'property'
    | 'scenario'
    | 'sysctl'
    | 'socket option'
    | 'argument'
    | 'message'
    | 'no such sysctl'
    | 'kernel profile'
    | 'counter'
    | 'claim'
    | 'diagnosis'
    | 'finding'
    | 'requirement'
    | 'state'
    | 'difference between kernels'
    | 'answer'
    | 'error'
    | 'step'
    | 'function of the Linux kernel'
  readonly [fact: string]: unknown
}
