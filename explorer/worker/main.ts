/** The worker: the checker and the replay, the same code that the command line runs. */
import type { CallName, Calls, Request } from './calls.ts'
import { captureCalls } from './capture.ts'
import { graphCalls } from './graph.ts'
import { searchCalls } from './search.ts'

export type Answering = {
  [N in CallName]: (takes: Calls[N]['takes'], tell: (progress: unknown) => void) => Calls[N]['gives']
}

const answers: Answering = { ...searchCalls, ...graphCalls, ...captureCalls }

export const answerCalls = (): void => {
  self.onmessage = ({ data: { id, name, takes } }: MessageEvent<Request>) => {
    const tell = (progress: unknown) => self.postMessage({ id, progress })
    try {
      // biome-ignore lint/suspicious/noExplicitAny: the name says which arguments these are
      self.postMessage({ id, gives: (answers[name] as any)(takes, tell) })
    } catch (error) {
      self.postMessage({ id, error: error instanceof Error ? error.message : String(error) })
    }
  }
}
