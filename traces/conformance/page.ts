/** The conformance table as a page of the docs, made by a run. */
import { leftOut } from './counters.ts'
import { notTold } from './predicted.ts'
import type { ReportedRow } from './row.ts'
import { determinedTable, inferredTable, predictedTable, table } from './table.ts'

export const page = (rows: readonly ReportedRow[]): string => `# Conformance with a real kernel

Made by \`npm run conformance -- --inferred --docs=docs/conformance.md DIR…\`; not edited by hand.

Each row is one recorded run of two hosts with a wire between them. The model is driven with the recorded system calls,
settings and injected packets, and with what the wire did to every packet; then it is asked for what the hosts did.

* **segments**: every segment that a host sent must be the one that the model sends, in order: flags, sequence and
  acknowledgment number, length; and nothing that the model sends may be missing. Timers are never early, and late by at
  most an eighth of their interval (at least 8 ms) and 10 ms; an answer is seen within 100 ms. The first retransmission of
  text, the tail-loss probe and the moment of a delayed ACK are taken from the capture, within the bounds that the round trips in
  it give (RFC 6298, 200 ms); every later expiry follows from the first. Two timers in the same slack fire in the captured order. A
  timer that fires without a packet fires when a sample first shows it, within the same slack.
* **states**: a line of the sampled socket states says which state a socket has until its next line. The model must hold
  it within [−5, +250] ms of the sample, and must not hold another one for more than 300 ms until the next line.
* **counters**: the difference of every counter that the run touches must be equal, but for those listed below.
* **not driven**: what the bench has no means to drive (Nagle's rule, congestion control, options without a rule), with the reason. The
  connection concerned is not compared, nor are the counters of the run.
* Initial sequence numbers and ports are the kernel's choice and taken from the capture.

${table(rows, true)}
${inferredPart(rows)}## Counters that are not compared

| counter | why |
| --- | --- |
${Object.entries(leftOut)
  .map(([name, why]) => `| ${name} | ${why} |\n`)
  .join('')}`

const inferredPart = (rows: readonly ReportedRow[]): string => {
  const drawn = inferredTable(rows, true)
  if (drawn === '') return ''
  return `## What the packets alone tell

The same runs once more, but a replay is given nothing but the packets of one tap, and which of them
the run had forged: no system calls, no losses, no states. A sample is *contained* where the recorded state of a socket is among those that the replay held possible within [−5, +250] ms
of it, and *exact* where the replay believed that one state and no other.

${drawn}
${predictedPart(rows)}`
}

const predictedPart = (rows: readonly ReportedRow[]): string => `### Counters

What a host must have counted, from the packets at its own interface and its settings: for each of its connections, over
every run of the model that shows these packets and invents at most two things more than the one that invents least. A
counter is *determined* where all these runs count alike; of the others the kernel's count should lie *within* the bounds. A host of
which one connection is not explained has neither.

The capture at the other end would tell nothing more: at its own interface all is seen that a host receives and sends, and what
became of it on the way is not counted there. What stays open is what no packet shows: whether the accept queue was full when an ACK
came that later ones repeat (ListenDrops, PassiveOpens); whether a repetition was a probe for the tail or a timeout (TCPLossProbes,
TCPTimeouts), but for the first that an end repeats, which is a probe; whether the process had closed its socket, or the kernel given it up, when nothing was sent of it (EstabResets,
InErrs, TCPAbortOnTimeout, AttemptFails, TW).

${predictedTable(rows, true)}
Where they differ, it is not the model that counts otherwise (the table above), but the packets that do not tell:

* 09, ListenOverflows: SYNs that found the SYN queue full. The packets would look the same with a full accept queue.
* 17, ActiveOpens and PassiveOpens: 13 connections of the client to itself, over its loopback, are not in its capture.
* 21, ListenDrops and others: TCP_DEFER_ACCEPT is an option of a socket. The replay takes a third ACK that is ignored to have met a full
  accept queue.

${determinedTable(rows)}
Of these counters nothing is told:

| counter | why |
| --- | --- |
${Object.entries(notTold)
  .map(([name, why]) => `| ${name} | ${why} |\n`)
  .join('')}
`
