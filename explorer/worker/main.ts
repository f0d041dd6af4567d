/** A worker: the checker or the replay, the same code that the command line runs. */
import type { CallName, Calls, Request } from './calls.ts'

export type Answering = {
  [N in CallName]: (takes: Calls[N]['takes'], tell: (progress: unknown) => void) => Calls[N]['gives']
}

export const answerWith = (answers: Partial<Answering>): void => {
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
