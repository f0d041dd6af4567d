/** Verdicts, and what they mean for the exit code. */
import type { Verdict } from '../../checker/index.ts'
import { type ExitCode, exit } from '../exit.ts'
import type { Paint } from './paint.ts'

const styles = {
  holds: 'green',
  violated: ['bold', 'red'],
  reached: 'cyan',
  'not reached': 'yellow',
  'not applicable': 'dim',
  inconclusive: 'yellow',
} as const satisfies Record<Verdict, Parameters<Paint>[0]>

export const verdictWord = (verdict: Verdict, paint: Paint): string => paint(styles[verdict], verdict)

/** The verdict over all that was asked. */
export const overall = (verdicts: readonly Verdict[]): 'violated' | 'inconclusive' | 'holds' => {
  if (verdicts.includes('violated')) return 'violated'
  return verdicts.includes('inconclusive') ? 'inconclusive' : 'holds'
}

export const exitFor = (verdict: ReturnType<typeof overall>): ExitCode => exit[verdict]
