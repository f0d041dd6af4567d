/**
 * The transition relation as flat arrays. Slices of all kinds are numbered in one sequence (`sliceOffset` of a group plus
 * its digit). A *step* is one local outcome: of a group by itself, of a group after an answer, or of the shared parts alone.
 */
export interface Tables {
  readonly slices: number
  readonly hubs: number
  /** Steps of a slice by itself: `localStart[slice] … localStart[slice + 1]`. */
  readonly localStart: Int32Array
  /** Entries of a slice that ask: `entryStart[slice] … entryStart[slice + 1]`. */
  readonly entryStart: Int32Array
  readonly entryAsk: Int32Array
  /** Where the entry's answers begin in `answerStart`. */
  readonly entryBase: Int32Array
  /** Steps after answer `a`: `answerStart[base + a] … answerStart[base + a + 1]`. */
  readonly answerStart: Int32Array
  /** Steps of a hub by itself. */
  readonly hubLocalStart: Int32Array
  /** Next slice (next hub for hub steps); -1: declared impossible. */
  readonly stepTarget: Int32Array
  /** Which rule took it, and what was observable (see `Acts`). */
  readonly stepAct: Int32Array
  readonly actRule: Int32Array
  readonly actEffects: Int32Array
  /** Row of an ask: `askBase[ask] + askStride[ask] * rank of the group in its kind + hub`. */
  readonly askBase: Int32Array
  readonly askStride: Int32Array
  /** Answers in a row: `rowStart[row] … rowStart[row + 1]`. */
  readonly rowStart: Int32Array
  readonly rowHub: Int32Array
  readonly rowAnswer: Int32Array
  /** Per synchronous rule: next slice (or hub) or -1. */
  readonly togetherSlice: readonly Int32Array[]
  readonly togetherHub: readonly Int32Array[]
  readonly togetherAct: readonly number[]
  readonly kindOffset: readonly number[]
}
