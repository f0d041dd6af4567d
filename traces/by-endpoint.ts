/** What is kept for each end of a capture: readers make one object of an end where they can, others tell it by its text. */
import { type Endpoint, endpointText } from './capture.ts'

/** Something for each end that there is, made when it is first asked for. */
export class ByEndpoint<T> {
  readonly #make: (of: Endpoint) => T
  readonly #byText = new Map<string, T>()
  readonly #byObject = new Map<Endpoint, T>()

  constructor(make: (of: Endpoint) => T) {
    this.#make = make
  }

  of(endpoint: Endpoint): T {
    const known = this.#byObject.get(endpoint)
    if (known !== undefined) return known
    const text = endpointText(endpoint)
    const found = this.#byText.get(text) ?? this.#make(endpoint)
    this.#byText.set(text, found)
    this.#byObject.set(endpoint, found)
    return found
  }

  /** What was made, with the names of the ends. */
  entries(): IterableIterator<[string, T]> {
    return this.#byText.entries()
  }
}
