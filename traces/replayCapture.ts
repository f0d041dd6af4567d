/** Replays a whole capture, connection by connection, and tells what happened. */
import { hostProfiles, type ProfileName, type Sysctls } from '../model/index.ts'
import type { Capture, Connection } from './capture.ts'
import { type Diagnosis, diagnose } from './diagnosis/index.ts'
import { decidedBy, type KnownOfServer } from './diagnosis/known.ts'
import { loneSynDiagnosed } from './diagnosis/lone-syn.ts'
import { togetherOf } from './diagnosis/together.ts'
import { type AboutWithNotes, aboutConnection, type HostEvidence } from './evidence/hostEvidence.ts'
import { knownOfServer } from './evidence/known-of-server.ts'
import { tooLittleCounted } from './evidence/least.ts'
import { otherConnection } from './evidence/otherTap.ts'
import { withForwardedSyns } from './legs/join.ts'
import { legsOf } from './legs/legs.ts'
import { gatherListeners, type ListenerConclusion, narrowed } from './listener/index.ts'
import { type Alike, LoneSyn, LoneSyns } from './lone-syns.ts'
import { inView, suspectsFull } from './remedy/inView.ts'
import type { Remedy } from './remedy/remedy.ts'
import { whatIf } from './remedy/whatIf.ts'
import type { AskedBefore } from './replay/end.ts'
import type { Ends } from './replay/ends.ts'
import type { Replayed, ReplayedConnection, ReplayOptions } from './replay/index.ts'
import type { AboutConnection } from './replay/options.ts'
import { placeOf } from './replay/packets/place.ts'
import { replayConnection } from './replay/replay.ts'
import { toRecall, withoutInferred } from './replay/result.ts'
import { ResultCache } from './replay/result-cache.ts'
import { AutomataPool } from './replay/search/automata.ts'
import { contradicting, type ReplayVerdict, verdictOfAll, withinTheModel } from './replay/verdict.ts'
import { type ReportedConnection, reported } from './reported.ts'
import { gatherHosts, type Host } from './settings/index.ts'

export interface ReplayReport {
  readonly file: string
  readonly packets: number
  readonly notes: readonly string[]
  /** `diverges` if any connection does; else `inconclusive` if any is, or if they cannot share a queue of the backlog told. */
  readonly verdict: ReplayVerdict
  readonly connections: readonly ReportedConnection[]
  /** What the counters do not agree with. */
  readonly contradictions: readonly string[]
  /** What the connections of a listener tell together, where it has several. */
  readonly listeners: readonly ListenerConclusion[]
  /** What the packets reveal of each host: kernels and settings. */
  readonly hosts: readonly Host[]
  /** It was stopped: only the first so many connections were replayed, and nothing is told of listeners. */
  readonly interrupted?: { readonly done: number; readonly of: number }
}

export interface ReplayCaptureOptions extends Omit<ReplayOptions, 'about' | 'dropped'> {
  /** What else was recorded of the same trouble. */
  readonly evidence?: HostEvidence
  /** The kernel of an end where it is known; otherwise every shipped profile is tried. */
  readonly kernels?: { readonly client?: ProfileName; readonly server?: ProfileName }
  /** Only this connection (from 0). */
  readonly stream?: number
  /** The backlog of the listener, as the kernel has it: the lesser of that of listen() and somaxconn. */
  readonly backlog?: number
  readonly remedy?: Remedy
  /** Told before each connection: how many are done, of how many. */
  readonly onConnection?: (done: number, of: number) => void
  /** Asked before each connection: true ends the replay with those that are done. */
  readonly shouldStop?: () => boolean
}

/** What one connection tells, without the others of its listener. */
interface Alone extends Pick<ReportedConnection, 'whatIf' | 'other'> {
  readonly told: ReplayedConnection
  readonly known: KnownOfServer
  readonly diagnoses: () => readonly Diagnosis[]
}

export const replay = (read: Capture, given: ReplayCaptureOptions = {}): ReplayReport => {
  const capture = withForwardedSyns(read)
  const { dropped = 0 } = capture
  const injected = [...(capture.script?.injected ?? []), ...(given.forged ?? [])]
  const options = {
    ...(capture.script && { tap: capture.script.local }),
    ...given,
    ...(injected.length > 0 && { forged: injected }),
    dropped,
  }
  const { kernels = {}, stream } = options
  const candidates = {
    client: kernels.client ? [kernels.client] : hostProfiles,
    server: kernels.server ? [kernels.server] : hostProfiles,
  }
  const place = placeOf(capture, options.tap)
  const listeners = gatherListeners(place, options)
  const hosts = gatherHosts(place)
  const legs = legsOf(capture)
  const alike = new ResultCache<Ends>()
  const asked: AskedBefore = { client: new AutomataPool(), server: new AutomataPool() }
  const chosen = capture.connections.filter((c) => stream === undefined || c.id === stream)
  const asides = new Set<string>()
  const shared = { ...options, alike, asked }
  const loneShared = { ...shared, alike: new ResultCache<Ends>(), about: {} }
  const evidence = Object.values(options.evidence ?? {}).every((told) => told === undefined)
    ? undefined
    : options.evidence
  // Apart: what decides later keeps nothing of what was replayed but what it needs.
  const deciding = (recall: () => Replayed, c: Connection, about: AboutConnection, known: KnownOfServer) => () =>
    diagnose(recall(), capture.connections, c, { until: place.until, legs, about }).map((d) => decidedBy(d, known))
  const replayOne = (c: Connection): Alone => {
    const { about, notes } =
      evidence === undefined && capture.script === undefined ? NOTHING : aboutConnection(evidence ?? {}, c, capture)
    for (const note of notes) asides.add(note)
    const replayed = replayConnection(c, candidates, { ...shared, about })
    const shown = withoutInferred(replayed)
    listeners.take(shown, c)
    hosts.take(shown, c)
    const known = evidence === undefined ? NOTHING : knownOfServer(evidence, c, about)
    const recall = chosen.length === 1 ? keeping(replayed) : toRecall(replayed, c)
    const decide = deciding(recall, c, about, known)
    // Nothing but other evidence denies what the packets leave: the verdict hangs on it.
    const decided = evidence === undefined ? undefined : decide()
    const diagnoses = () => (decided ?? decide()).map(({ diagnosis }) => diagnosis)
    const denied = (decided ?? []).flatMap(({ contradiction }) => contradiction ?? [])
    const told = withinTheModel(replayed.connection, capture.script?.unmodelled)
    const { remedy } = options
    return {
      told: denied.length === 0 ? told : { ...told, ...contradicting(told, denied) },
      known,
      diagnoses,
      ...(remedy && {
        whatIf: whatIf(replayed, { remedy, suspected: suspectsFull(diagnoses()), ...sysctlsOf(options) }),
      }),
      ...(options.evidence?.other && { other: otherConnection(options.evidence.other, c) }),
    }
  }
  const isPlain = evidence === undefined && capture.script === undefined && injected.length === 0
  const loneSyns = new LoneSyns((c) => replayConnection(c, candidates, loneShared))
  const takeAlike = (known: Alike, c: Connection): undefined => {
    if (!listeners.takeAlike(known.connection.fits.server, c)) listeners.take(loneSyns.replay(c), c)
    hosts.takeLoneSyn(known, c)
  }
  /** Undefined where it is but one more lone SYN. */
  const alone: (Alone | undefined)[] = []
  for (const c of chosen) {
    if (options.shouldStop?.()) break
    options.onConnection?.(alone.length, chosen.length)
    const known = isPlain && options.remedy === undefined ? loneSyns.alike(c) : undefined
    alone.push(known === undefined ? replayOne(c) : takeAlike(known, c))
  }
  alike.forget()
  const interrupted = alone.length < chosen.length ? { done: alone.length, of: chosen.length } : undefined
  const concluded = interrupted ? [] : listeners.conclude()
  const byName = new Map(concluded.map((listener) => [listener.conclusion.listener, listener]))
  const counted =
    options.evidence?.counters?.are === 'between' ? togetherOf(alone.map((one) => one!.diagnoses())) : undefined
  const listenerOf = ({ verdict, server }: Pick<ReplayedConnection, 'verdict' | 'server'>) =>
    verdict === 'conforms' ? byName.get(server) : undefined
  const telling = {
    replay: loneSyns.replay,
    diagnose: (c: Connection): Diagnosis[] => {
      const replayed = loneSyns.replay(c)
      const listener = listenerOf(replayed.connection)
      const found = deciding(() => replayed, c, {}, NOTHING)().map(({ diagnosis }) => diagnosis)
      return listener ? found.map((d) => narrowed(d, c, listener)) : found
    },
    diagnosed: (c: Connection) => loneSynDiagnosed(capture.connections, c, legs),
  }
  const connections = alone.map((one, i): ReportedConnection => {
    if (one === undefined) return new LoneSyn(chosen[i]!, telling)
    const { told, known, whatIf, other, diagnoses } = one
    const alone = counted
      ? () => diagnoses().map((d) => decidedBy(d, { ...known, together: counted }).diagnosis)
      : diagnoses
    const [c, listener] = [chosen[i]!, listenerOf(told)]
    const decided = listener ? () => alone().map((d) => narrowed(d, c, listener)) : alone
    const viewOf = () => ({
      connection: c,
      diagnoses: decided(),
      ...(listener && { listener }),
      ...listingOf(options),
    })
    const found =
      whatIf === undefined && other === undefined
        ? told
        : {
            ...told,
            ...(whatIf && options.remedy && { whatIf: inView(whatIf, options.remedy, viewOf()) }),
            ...(other && { other }),
          }
    return reported(found, c, decided)
  })
  const together = concluded.map(({ conclusion }) => conclusion)
  const contradicted = options.backlog !== undefined && together.some(({ conflicts }) => conflicts.length > 0)
  const forged = new Set(connections.flatMap((c) => c.forged))
  const counters = options.evidence?.counters
  const contradictions = counters ? tooLittleCounted(counters.values, capture, forged) : []
  const missing = (options.forged?.length ?? 0) - connections.reduce((sum, { forged }) => sum + forged.length, 0)
  return {
    file: capture.file,
    packets: connections.reduce((sum, { packets }, i) => sum + packets - (chosen[i]!.ofOthers ?? 0), 0),
    notes: [
      ...capture.notes,
      ...asides,
      ...legs.notes,
      ...(interrupted ? [`interrupted after ${interrupted.done} of ${interrupted.of} connections`] : []),
      ...(missing > 0 && stream === undefined && !interrupted
        ? [`${missing} of ${options.forged?.length} packets that were injected are not in this capture`]
        : []),
    ],
    verdict: verdictOfAll(
      connections.map(({ verdict }) => verdict),
      { isContradicted: contradictions.length > 0, isOpen: contradicted || interrupted !== undefined },
    ),
    connections,
    contradictions,
    listeners: together,
    hosts: hosts.conclude(),
    ...(interrupted && { interrupted }),
  }
}

/** Of a connection, without other evidence. */
const NOTHING: AboutWithNotes & KnownOfServer = { about: {}, notes: [] }

const keeping =
  (replayed: Replayed): (() => Replayed) =>
  () =>
    replayed

const listingOf = ({ evidence }: ReplayCaptureOptions) =>
  evidence?.sockets === undefined ? {} : { listing: evidence.sockets.listing.rows }

/** What the server's host is known to be set to. */
const sysctlsOf = ({ evidence, sysctls }: ReplayCaptureOptions): { sysctls: Partial<Sysctls> } => ({
  sysctls: { ...evidence?.settings?.sysctls, ...sysctls },
})
