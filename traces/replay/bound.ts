/** A bound of a connection that was met: what was not found may be there all the same. */
export type Bound = 'memory' | 'time' | 'interrupted'
