/** The scenarios for every number of clients. Read next: `family.ts`, and `checker/views/`. */
export * from './ask.ts'
export * from './family.ts'
export * from './pin.ts'
export { everyPins } from './pins.ts'
export * from './standing.ts'
