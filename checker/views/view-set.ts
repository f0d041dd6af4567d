/** The views on which a property is evaluated: all that one group beside the shared parts may look like, however many others there are. */
export interface ViewSet {
  readonly slices: number
  readonly hubs: number
  /** How many views. */
  readonly size: number
  has(slice: number, hub: number): boolean
  /** Hubs beside which a slice is seen. */
  eachHub(slice: number, visit: (hub: number) => void): void
  /** Where other groups may move the hub beside a group in this slice. */
  eachMove(slice: number, hub: number, visit: (nextHub: number) => void): void
}
