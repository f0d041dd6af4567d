/** What most connections tell, kept small: a busy listener has a hundred thousand that were opened, promoted and used. */
import type { ProfileName } from '../../model/index.ts'
import type { Fact, ListenerFacts } from './facts.ts'

/** The same facts, in less room where nothing is unusual about them. */
export const keptSmall = (f: ListenerFacts): ListenerFacts => {
  const [admitted, ...more] = f.admitted
  const usual =
    f.overflows.length === 0 && f.request === undefined && f.reset === undefined && !f.unexplained && more.length === 0
  if (!usual || !f.promoted || !f.acted || !f.mayRequest || !admitted?.certain) return f
  return admitted.from === f.mayRequest.from ? new Ordinary(f, admitted) : f
}

const NONE: ListenerFacts['overflows'] = []

class Ordinary implements ListenerFacts {
  readonly client: string
  readonly kernels: readonly ProfileName[]
  readonly #syn: number
  readonly #synAck: number
  readonly #synAckPacket: number
  readonly #from: number
  readonly #to: number
  readonly #packet: number
  readonly #certain: boolean
  readonly #until: number
  readonly #acted: number
  readonly #actedPacket: number

  constructor({ client, kernels, promoted, acted, mayRequest }: ListenerFacts, admitted: Fact) {
    this.client = client
    this.kernels = kernels
    this.#syn = admitted.from
    this.#synAck = admitted.to
    this.#synAckPacket = admitted.packet
    this.#from = promoted!.from
    this.#to = promoted!.to
    this.#packet = promoted!.packet
    this.#certain = promoted!.certain
    this.#until = mayRequest!.to
    this.#acted = acted!.time
    this.#actedPacket = acted!.packet
  }

  get overflows(): ListenerFacts['overflows'] {
    return NONE
  }
  get unexplained(): boolean {
    return false
  }
  get promoted(): Fact {
    return { from: this.#from, to: this.#to, packet: this.#packet, certain: this.#certain }
  }
  get acted(): { readonly time: number; readonly packet: number } {
    return { time: this.#acted, packet: this.#actedPacket }
  }
  get mayRequest(): { readonly from: number; readonly to: number } {
    return { from: this.#syn, to: this.#until }
  }
  get admitted(): readonly Fact[] {
    return [{ from: this.#syn, to: this.#synAck, packet: this.#synAckPacket, certain: true }]
  }
}
