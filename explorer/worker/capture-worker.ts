/** The worker of the served page that holds a capture and its replay: it loads no more than that needs. */
import { captureCalls } from './capture.ts'
import { answerWith } from './main.ts'

answerWith(captureCalls)
