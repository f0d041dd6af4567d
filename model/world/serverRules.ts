/** What the server's side of a connection does and suffers: its process calls, its timer fires, segments arrive. */

import type { Server } from '../listener/object.ts'
import { fireServer, questionAbout, questionOfTimer, serverTimeLeft, withSocket } from '../listener/server.ts'
import type { Answer } from '../listener/types.ts'
import type { Segment } from '../segment.ts'
import { connectsBack } from './activeServer.ts'
import { askListener, issOf, payFrom, putInto, serverArrive, serverOutcome, takeFrom } from './links.ts'
import { perform } from './process.ts'
import type { Outcome, Rule } from './rule.ts'
import type { Setting } from './setting.ts'
import { inHalves, isPromoting, races } from './smp.ts'

/** Only a socket that accept() has returned has a process. */
export const serverCalls = (kinds: readonly string[], setting: Setting): Rule[] =>
  setting.server.calls.map((call) => ({
    name: `server ${call}`,
    kinds,
    actor: 'server',
    source: 'RFC 9293 §3.9.1',
    fairness: 'none',
    links: [
      {
        part: 'server',
        step: (server: Server): Outcome[] => {
          const c = server.object
          if (c.kind !== 'child' || c.place !== undefined) return []
          const r = perform(
            call,
            c.socket,
            setting.server,
            server.iss ?? issOf('server', server.made - 1, setting),
            setting.serverStack,
          )
          return r ? [serverOutcome(server, withSocket(server, c, r), setting)] : []
        },
      },
      putInto('down', setting),
    ],
  }))

export const serverTimer = (kinds: readonly string[], setting: Setting): Rule => ({
  name: 'server timer',
  kinds,
  actor: 'server',
  source: 'RFC 6298 §5 · linux: reqsk_timer_handler, tcp_retransmit_timer',
  fairness: 'weak',
  links: [
    {
      part: 'server',
      step: (server: Server): Outcome[] => {
        if (serverTimeLeft(server) !== 0) return []
        return [{ state: server, label: { question: questionOfTimer(server, setting.serverStack) } }]
      },
    },
    askListener(setting),
    {
      part: 'server',
      step: (server: Server, { answer }: { answer: Answer }): Outcome[] => [
        serverOutcome(server, fireServer(server, setting.serverStack, answer), setting),
      ],
    },
    putInto('down', setting),
  ],
})

export const deliverToServer = (kinds: readonly string[], setting: Setting): Rule => ({
  name: 'deliver to server',
  kinds,
  actor: 'wire',
  source: 'RFC 9293 §3.10.7 · linux: tcp_v4_rcv',
  fairness: 'weak',
  links: [
    takeFrom('up', setting),
    {
      part: 'server',
      step: (server: Server, label: { segment: Segment }): Outcome[] => {
        if (isPromoting(server) || connectsBack(server, label.segment, setting)) return []
        const question = questionAbout(server, label.segment, setting.serverStack)
        return [{ state: server, label: { ...label, question: races(setting) ? inHalves(question) : question } }]
      },
    },
    payFrom,
    askListener(setting),
    serverArrive(setting),
    putInto('down', setting),
  ],
})
