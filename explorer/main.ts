/** One script is page and worker: what both need, the model above all, is in it once. */
import { showPage } from './page/main.tsx'
import { answerCalls } from './worker/main.ts'

if (typeof document === 'undefined') answerCalls()
else void showPage()
