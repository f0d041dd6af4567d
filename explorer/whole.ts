/** Page and workers as one script, for the page that is one file: what they share, the model above all, is in it once. */
import { showPage } from './page/main.tsx'
import { captureCalls } from './worker/capture.ts'
import { graphCalls } from './worker/graph.ts'
import { answerWith } from './worker/main.ts'
import { searchCalls } from './worker/search.ts'

if (typeof document === 'undefined') answerWith({ ...searchCalls, ...graphCalls, ...captureCalls })
else void showPage()
