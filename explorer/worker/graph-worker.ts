/** The worker of the served page that holds the state graph of one world: it loads no more than that needs. */
import { graphCalls } from './graph.ts'
import { answerWith } from './main.ts'

answerWith(graphCalls)
