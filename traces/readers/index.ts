/**
 * Readers: from what people recorded to the neutral `Capture` of `../capture.ts`.
 *
 * They read pcap and pcapng, gzip'd or not, and the text of tcpdump, and decide by content which it is. Every input may be damaged or
 * hostile: a reader returns a capture or throws a `ReadError`, which says where, why and what to do, and keeps in
 * `partial` what was read until there. Nothing here judges what the packets mean.
 *
 * @example
 * const capture = openCapture('traces/corpus/ghost-connection/ghost-connection.tcpdump.txt')
 * const [connection] = capture.connections
 * connection.clientKnownBy // 'SYN'
 * connection.packets[3].sequence // 4013763010: the text says 1, counted from the SYN
 *
 * Socket listings and counters are read next door, in `../evidence/`; read on in `open.ts`, `read.ts`, `pcap.ts`,
 * `tcpdump-text.ts`.
 */
export { connectionsOf } from './connections.ts'
export { ReadError, type ReadErrorCode, type ReadErrorParts, readErrors } from './error.ts'
export { openBytes, openCapture, openText } from './open.ts'
export { readPcap } from './pcap.ts'
export { readPcapng } from './pcapng.ts'
export { readCapture } from './read.ts'
export { readTcpdump } from './tcpdump-text.ts'
