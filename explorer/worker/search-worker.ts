/** The worker of the served page for searches and verdicts: it loads no more than that needs. */

import { answerWith } from './main.ts'
import { searchCalls } from './search.ts'

answerWith(searchCalls)
