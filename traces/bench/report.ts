/** What `bench:replay` prints. */

/** A number that could not be measured is null; `seconds` of what did not end is what it had taken until then. */
export interface Row {
  readonly case: string
  readonly packets: number
  readonly connections: number
  readonly seconds: number
  readonly tsharkSeconds: number | null
  /** tshark's seconds / ours. */
  readonly ratio: number | null
  readonly peakMB: number | null
  readonly verdict: string
}

/** Medians, in milliseconds. */
export interface Published {
  /** What `halfopen replay FILE` takes longer than `halfopen --version`. */
  readonly program: number
  /** The first replay in a process, of code that was not compiled before. */
  readonly first: number
  /** Those in which all code has been compiled. */
  readonly warm: number
  /** Of how many processes. */
  readonly processes: number
}

const line = (columns: readonly string[]): string =>
  `${columns.map((text, i) => (i === 0 ? text.padEnd(28) : i === 7 ? text : text.padStart(11))).join('  ')}\n`

export const heading = line(['case', 'packets', 'connections', 'seconds', 'tshark', 'ratio', 'peak MB', 'verdict'])

const number = (n: number | null, digits: number): string => (n === null ? '-' : n.toFixed(digits))

export const rowText = (row: Row): string =>
  line([
    row.case,
    String(row.packets),
    String(row.connections),
    number(row.seconds, 2),
    number(row.tsharkSeconds, 2),
    number(row.ratio, 2),
    number(row.peakMB, 0),
    row.verdict,
  ])

export const publishedText = ({ program, first, warm, processes }: Published): string => {
  const [inProgram, asLibrary, onceWarm] = [program, first, warm].map(Math.round)
  return `the published capture, both ends hidden: ${inProgram} ms by the program, ${asLibrary} ms as a library the first time, ${onceWarm} ms once warm (medians of ${processes} processes, without start-up)\n`
}
