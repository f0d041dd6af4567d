/**
 * Connections of which the capture shows one SYN, as a scan or a flood sends them: there may be a million, and a search finds the
 * same for all. So only the first of a kind is replayed while the report is made. For each of the others the report keeps a
 * reference to the connection, and replays it when the report of that connection is read.
 */
import { type Connection, endpointText, hasFlag, sameEndpoint } from './capture.ts'
import type { Diagnosis, DiagnosisId } from './diagnosis/index.ts'
import { packetCount } from './readers/connections.ts'
import type { Replayed, ReplayedConnection } from './replay/index.ts'
import { type ReportedConnection, reported } from './reported.ts'

/** What tells lone SYNs apart for a search: whether they carry a timestamp. */
type SynKind = 'clocked' | 'plain'

/** Undefined for what is no lone SYN, or one with something else that tells. */
const kindOf = (c: Connection): SynKind | undefined => {
  if (packetCount(c) !== 1 || c.clientKnownBy !== 'SYN' || sameEndpoint(c.client, c.server)) return undefined
  if (c.numbering.client !== 'absolute' || c.numbering.server !== 'absolute') return undefined
  const p = c.packets[0]!
  if (p.length > 0 || p.time === undefined || p.sequence === undefined || hasFlag(p, 'F') || hasFlag(p, 'R'))
    return undefined
  if (p.options?.sack !== undefined) return undefined
  return p.options?.timestamp?.value === undefined ? 'plain' : 'clocked'
}

/** How what is told of a lone SYN is made. */
export interface Telling {
  readonly replay: (c: Connection) => Replayed
  readonly diagnose: (c: Connection) => readonly Diagnosis[]
  /** Ids of those, without making them. */
  readonly diagnosed: (c: Connection) => readonly DiagnosisId[] | undefined
}

/** What is told of one lone SYN, and holds for all of its kind. */
export type Alike = Omit<Replayed, 'observations'>

/** Those of one capture. */
export class LoneSyns {
  readonly replay: (c: Connection) => Replayed
  readonly #known = new Map<SynKind, Alike | 'differs'>()

  /** @param replay by what is kept for them alone: it is called for as long as the report is read */
  constructor(replay: (c: Connection) => Replayed) {
    this.replay = replay
  }

  /** Undefined for what is no lone SYN, or has something of its own to tell. */
  alike(c: Connection): Alike | undefined {
    const kind = kindOf(c)
    if (kind === undefined) return undefined
    const known = this.#known.get(kind) ?? this.#first(kind, c)
    return known === 'differs' ? undefined : known
  }

  #first(kind: SynKind, c: Connection): Alike | 'differs' {
    const { observations: _, ...alike } = this.replay(c)
    const known = isOfItsKind(alike) ? alike : 'differs'
    this.#known.set(kind, known)
    return known
  }
}

/** One that conforms, and of which nothing is forged. */
export class LoneSyn implements ReportedConnection {
  readonly #connection: Connection
  readonly #telling: Telling
  #diagnosed: readonly DiagnosisId[] | undefined

  constructor(connection: Connection, telling: Telling) {
    this.#connection = connection
    this.#telling = telling
  }

  get client(): string {
    return endpointText(this.#connection.client)
  }
  get server(): string {
    return endpointText(this.#connection.server)
  }
  get packets(): number {
    return 1
  }
  get verdict(): 'conforms' {
    return 'conforms'
  }
  get forged(): readonly number[] {
    return NONE
  }
  get tap(): ReplayedConnection['tap'] {
    return this.#told.tap
  }
  get kernels(): ReplayedConnection['kernels'] {
    return this.#told.kernels
  }
  get fits(): ReplayedConnection['fits'] {
    return this.#told.fits
  }
  get timeline(): ReplayedConnection['timeline'] {
    return this.#told.timeline
  }
  get invents(): ReplayedConnection['invents'] {
    return this.#told.invents
  }
  get alternatives(): ReplayedConnection['alternatives'] {
    return this.#told.alternatives
  }
  get diagnoses(): readonly Diagnosis[] {
    return this.#telling.diagnose(this.#connection)
  }
  get diagnosed(): readonly DiagnosisId[] {
    this.#diagnosed ??= this.#telling.diagnosed(this.#connection) ?? this.diagnoses.map(({ id }) => id)
    return this.#diagnosed
  }

  toJSON(): object {
    return reported(this.#told, this.#connection, () => this.diagnoses).toJSON()
  }

  get #told(): ReplayedConnection {
    return this.#telling.replay(this.#connection).connection
  }
}

const NONE: readonly number[] = []

/** Nothing is told of it that is not told of every one of its kind. */
const isOfItsKind = ({ connection, isAsCaptured, tried }: Alike): boolean =>
  connection.verdict === 'conforms' &&
  connection.contradictions === undefined &&
  connection.supposes === undefined &&
  connection.forged.length === 0 &&
  isAsCaptured === true &&
  tried !== undefined
