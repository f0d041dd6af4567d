/**
 * Sentences that are made for one capture, in another language. A catalogue pairs English sentences with theirs; both have named
 * places for what differs, by the first letter of the name: `{e}` an end, `{t}` how often, `{s}` states, `{h}` an address, `{x}` an
 * error, others a number or several. What stands in brackets may be absent: the first of the one goes with the first of the other.
 *
 * ['the {e} closes[ after {n} s]', '{e}关闭[，{n} 秒之后]']
 *
 * As it is shipped a catalogue has no English: a sentence is found by a digest of its shape.
 */
export type Pair = readonly [english: string, other: string]

/** The digests of an English sentence, with and without each of its parts in brackets, and the other sentence, its places numbered. */
export type Catalogue = readonly (readonly [digests: string, other: string])[]

/** What ends and repetitions are called in the other language. */
export interface Terms {
  readonly ends: Readonly<Record<string, string>>
  readonly times: (n: number) => string
  readonly or: string
  /** What stands between sentences and between the members of a list. */
  readonly joints: Readonly<Record<(typeof JOINTS)[number], string>>
}

const STATES = 'LISTEN|SYN_SENT|SYN_RECV|ESTABLISHED|FIN_WAIT1|FIN_WAIT2|CLOSE_WAIT|CLOSING|LAST_ACK|TIME_WAIT|CLOSED'

/** Whatever may differ from one sentence to the next. */
const PLACE = new RegExp(
  [
    String.raw`(?<h>(?:\[[\da-fA-F:.]+\]|(?:\d+\.){3}\d+)(?::\w+)?)`,
    String.raw`(?<x>\bE(?:CONN|TIME|HOST|PIPE)[A-Z]*)`,
    String.raw`(?<e>\b(?:client|server)\b)`,
    String.raw`(?<t>\bonce\b|\btwice\b|\b\d+ times\b)`,
    String.raw`(?<s>\b(?:${STATES})\b(?: or (?:${STATES})\b)*)`,
    String.raw`(?<n>(?<![\w.])\d+(?:\.\d+)?(?:, \d+)*)`,
  ].join('|'),
  'g',
)

type Kind = 'h' | 'x' | 'e' | 't' | 's' | 'n'
const kindOf = (name: string): Kind => (['h', 'x', 'e', 't', 's'] as const).find((kind) => name.startsWith(kind)) ?? 'n'

interface Place {
  readonly kind: Kind
  readonly text: string
  readonly at: number
}

const placesIn = (sentence: string): Place[] =>
  [...sentence.matchAll(PLACE)].map(({ groups = {}, 0: text, index: at }) => ({
    kind: (Object.keys(groups) as Kind[]).find((kind) => groups[kind] !== undefined)!,
    text,
    at,
  }))

/** What is left of a sentence whose words differ at these places. */
const shapeOf = (sentence: string, places: readonly Place[]): string =>
  places.reduceRight(
    (text, { kind, text: { length }, at }) => `${text.slice(0, at)}{${kind}}${text.slice(at + length)}`,
    sentence,
  )

const DIGEST = 6

/** FNV-1a, of which 31 bits are kept. */
const digest = (text: string): string => {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 1).toString(36).padStart(DIGEST, '0')
}

/** With and without each part in brackets. */
const variants = (sentence: string): string[] => {
  const part = /\[([^[\]]*)\]/
  if (!part.test(sentence)) return [sentence]
  return [...variants(sentence.replace(part, '$1')), ...variants(sentence.replace(part, ''))]
}

const HOLE = /\{(\w+)\}/g

const namesIn = (text: string): string[] => [...text.matchAll(HOLE)].map(([, name]) => name!)

/** @throws Error where a place or a part in brackets is in one of the two only, or two English sentences are of one shape */
export const catalogueOf = (pairs: readonly Pair[]): Catalogue => {
  const known = new Set<string>()
  return pairs.map(([english, other]) => {
    const [ours, theirs] = [variants(english), variants(other)]
    const differs = ours.some(
      (text, i) =>
        namesIn(text).sort().join() !==
        namesIn(theirs[i] ?? '')
          .sort()
          .join(),
    )
    if (differs || ours.length !== theirs.length) throw new Error(`its places differ: ${english}`)
    const digests = ours.map((text) => digest(text.replace(HOLE, (_, name) => `{${kindOf(name)}}`)))
    for (const key of digests) {
      if (known.has(key)) throw new Error(`there is another sentence like: ${english}`)
      known.add(key)
    }
    const names = namesIn(english)
    return [digests.join(''), other.replace(HOLE, (_, name) => `{${names.indexOf(name)}}`)]
  })
}

const indices = new WeakMap<Catalogue, ReadonlyMap<string, string>>()

/** By digest. */
const indexOf = (catalogue: Catalogue): ReadonlyMap<string, string> => {
  const made = indices.get(catalogue)
  if (made) return made
  const entries = catalogue.flatMap(([digests, other]) =>
    variants(other).map((text, i) => {
      // Places are numbered among those of the whole sentence: of what is left of it, they are counted anew.
      const left = namesIn(text)
        .map(Number)
        .sort((a, b) => a - b)
      const key = digests.slice(i * DIGEST, (i + 1) * DIGEST)
      return [key, text.replace(HOLE, (_, n) => `{${left.indexOf(Number(n))}}`)] as const
    }),
  )
  const index = new Map(entries)
  indices.set(catalogue, index)
  return index
}

/** Places in a sentence, above which it is not looked for: each may be one that differs, or words of the sentence itself. */
const MOST_PLACES = 10

const JOINTS = ['; ', ': ', ', and ', ' and ', ', '] as const

/** The sentence in the other language; undefined where the catalogue has it not, or not all of it. */
export const translated = (catalogue: Catalogue, terms: Terms, sentence: string): string | undefined => {
  const index = indexOf(catalogue)
  // Of each part that was looked for: a sentence that is not known may be a list of any length.
  const known = new Map<string, string | undefined>()
  const whole = (part: string): string | undefined => {
    const places = placesIn(part)
    for (let mask = 0; places.length <= MOST_PLACES && mask < 2 ** places.length; mask++) {
      const differing = places.filter((_, i) => (mask >> i) % 2 === 0)
      const found = index.get(digest(shapeOf(part, differing)))
      if (found !== undefined) return found.replace(HOLE, (_, at) => placeText(differing[Number(at)]!, terms))
    }
    return undefined
  }
  const find = (part: string): string | undefined => {
    if (!known.has(part)) known.set(part, whole(part) ?? inParts(part))
    return known.get(part)
  }
  /** It may be put together of several. */
  const inParts = (part: string): string | undefined => {
    for (const joint of JOINTS)
      for (let at = part.indexOf(joint); at >= 0; at = part.indexOf(joint, at + 1)) {
        const first = find(part.slice(0, at))
        const second = first && find(part.slice(at + joint.length))
        if (second !== undefined) return `${first}${terms.joints[joint]}${second}`
      }
    return undefined
  }
  return find(sentence)
}

const placeText = ({ kind, text }: Place, { ends, times, or, joints }: Terms): string => {
  if (kind === 'e') return ends[text] ?? text
  if (kind === 't') return times(text === 'once' ? 1 : text === 'twice' ? 2 : Number.parseInt(text, 10))
  if (kind === 's') return text.replaceAll(' or ', or)
  return kind === 'n' ? text.replaceAll(', ', joints[', ']) : text
}
