/** A world for each of the twelve rules in which FreeBSD answers otherwise than Linux: `check NAME --against freebsd-14` finds it. */
import { client, rival, type Scenario, type World } from '../../scenario.ts'
import { at, closes, idle, meets, opened, quick } from '../closing/worlds.ts'

/** The server connects, and nothing listens: strangers meet its SYN_SENT. */
const connecting: Partial<World> = {
  server: { ...idle, connects: 'at any time' },
  listener: { absent: true },
}

/** The server closes first: strangers meet its TIME_WAIT, which expects 102. */
const waiting: Partial<World> = {
  clients: [client('client', ['close'], { writes: 0, closesAfterPeer: true })],
  server: closes,
}

const synAckAtListen: Scenario = {
  name: 'SYN-ACK-at-LISTEN',
  shows: 'a SYN+ACK that answers no SYN: a listener resets it, that of FreeBSD is silent',
  properties: ['BOTH', 'H11', 'N9', 'C1'],
  world: meets(at('S.', 100, 0, 501)),
}

const resetOfCrossed: Scenario = {
  name: 'RST-after-crossing',
  shows: 'SYNs have crossed and a RST comes: connect() fails with ECONNRESET, or, as RFC 9293 has it, ECONNREFUSED',
  properties: ['crossed', 'reset-by-the-peer', 'C1', 'N9'],
  world: {
    clients: [rival],
    server: { ...idle, connects: 'at any time', calls: ['abort'] },
    listener: { absent: true },
    sysctls: opened,
    durations: quick,
  },
}

const resetInCloseWait: Scenario = {
  name: 'RST-in-CLOSE_WAIT',
  shows: 'a RST after the peer’s FIN: a process that writes is told EPIPE, on FreeBSD ECONNRESET',
  properties: ['in-CLOSE_WAIT', 'reset-by-the-peer', 'C1', 'N9'],
  world: {
    clients: [rival],
    server: { ...idle, calls: ['shutdown', 'abort'] },
    sysctls: opened,
    durations: quick,
  },
}

const resetBelowFin: Scenario = {
  name: 'RST-below-a-FIN',
  shows: 'after a FIN a RST one number below what is expected: it ends the connection, or is dropped',
  properties: ['in-CLOSE_WAIT', 'reset-by-a-stranger', 'C1'],
  world: meets(at('R', 101), { clients: [client('client', ['shutdown'], { writes: 0 })] }),
}

const resetInTimeWait: Scenario = {
  name: 'RST-in-TIME_WAIT',
  shows: 'an exact RST ends TIME_WAIT, on FreeBSD none does',
  properties: ['in-TIME_WAIT', 'assassinated', 'W3', 'W12'],
  world: meets(at('R', 102), waiting),
}

const finWithoutAck: Scenario = {
  name: 'FIN-without-ACK-in-TIME_WAIT',
  shows: 'a FIN without ACK in TIME_WAIT is acknowledged, or dropped, as RFC 9293 has it',
  properties: ['in-TIME_WAIT', 'W2', 'W12'],
  world: meets(at('F', 101), waiting),
}

const synInTimeWait: Scenario = {
  name: 'SYN-in-TIME_WAIT',
  shows: 'a newer SYN in TIME_WAIT opens a new connection, on FreeBSD it is answered with an ACK',
  properties: ['in-TIME_WAIT', 'reopened', 'W6', 'W9', 'W12'],
  world: meets(at('S', 120), waiting),
}

const textOnSynAck: Scenario = {
  name: 'text-on-a-SYN-ACK',
  shows: 'text on a SYN+ACK is left to be sent again, or taken, as RFC 9293 has it',
  properties: ['crossed', 'C1', 'DT5'],
  world: meets(at('S.', 100, 1, 501), connecting),
}

const textOnCrossedSyn: Scenario = {
  name: 'text-on-a-crossed-SYN',
  shows: 'text on a SYN that crosses ours is left to be sent again, or taken, as RFC 9293 has it',
  properties: ['crossed', 'C1'],
  world: meets(at('S', 100, 1), connecting),
}

const synFinInSynSent: Scenario = {
  name: 'SYN-FIN-in-SYN_SENT',
  shows: 'a SYN with FIN that crosses ours is answered like a SYN, or dropped',
  properties: ['crossed', 'C1'],
  world: meets(at('SF', 100), connecting),
}

export const freebsdStories: readonly Scenario[] = [
  synAckAtListen,
  resetOfCrossed,
  resetInCloseWait,
  resetBelowFin,
  resetInTimeWait,
  finWithoutAck,
  synInTimeWait,
  textOnSynAck,
  textOnCrossedSyn,
  synFinInSynSent,
]
