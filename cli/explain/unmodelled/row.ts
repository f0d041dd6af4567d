/** A sysctl that kernels have and the model has not: name, what it does, unit, default, source. */
export type Row = readonly [name: string, means: string, unit: string, shipped: string, source: string]
