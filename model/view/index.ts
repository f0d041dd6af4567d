/** Views: what the tools of a kernel would print of a world. */

export * from './counters.ts'
export * from './gauge.ts'
export * from './lines.ts'
export * from './netstat.ts'
export * from './ss.ts'
