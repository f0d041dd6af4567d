/** The words that stand for an answer: verdicts, and how sure a diagnosis is. */

import type { Verdict } from '../../checker/index.ts'
import type { Diagnosis, ListenerExplanation, ReplayVerdict } from '../../traces/index.ts'
import type { Explanation } from './explanation.ts'

const ofCheck: Readonly<Record<Verdict, string>> = {
  holds: 'no state or step of the explored world breaks the property, and the world was explored to its end',
  violated: 'a run breaks the property; its path is a counterexample',
  reached: 'a run leads to what the property describes; its path is an example',
  'not reached': 'no run leads to what the property describes, and the world was explored to its end',
  'not applicable': 'this world has nothing that the property speaks of',
  inconclusive: 'not decided: a bound was met before the end, or the capture or target does not show what decides it',
}

const ofReplay: Readonly<Record<Exclude<ReplayVerdict, Verdict>, string>> = {
  conforms: 'a run of the model has exactly these packets for its visible part',
  diverges: 'no run of the model, within what the wire and the processes may do, has these packets',
}

const ofComparison = {
  alike: 'both kernels have the same runs, and these were explored to their end',
  differ: 'one kernel has a run that the other has not; the shortest one is printed',
}

const ofConform = {
  meets: 'the target did what the requirement asks for',
  departs: 'the target did otherwise, as the packets show',
  'not decided': 'the target did not come into the situation that decides it',
}

const ofDiagnosis: Readonly<Record<Diagnosis['certainty'], string>> = {
  certain: 'nothing else explains what is known; the proof is printed beside it',
  likely: 'everything else has to suppose more that is not seen',
  possible: 'something else explains what is seen as cheaply',
}

/** How the backlog of a listener is known from a listing. */
const ofBacklog: Readonly<Record<ListenerExplanation['backlog']['certainty'], string>> = {
  shown: 'the listing prints it',
  'if full': 'the accept queue is full if it is this: it holds backlog + 1',
  'at least': 'the accept queue holds as many, and may take more',
}

const all = Object.entries({ ...ofCheck, ...ofReplay, ...ofComparison, ...ofConform, ...ofDiagnosis, ...ofBacklog })

export const answers = all.map(([name, means]) => ({ name, means }))

export const ofAnswer = ({ name, means }: (typeof answers)[number]): Explanation => ({ id: name, is: 'answer', means })
