/** What `halfopen init` writes: a scenario of TCP with a property of its own, with comments. */

const TYPED = `import { client, ownProperty, rival, type Scenario, tcp } from 'halfopen/properties'`
const PLAIN = `import { client, ownProperty, rival, tcp } from 'halfopen/properties'`

/** @param isTyped TypeScript */
export const template = (file: string, isTyped: boolean): string => `/**
 * A world of your own, and what you ask of it.
 *
 *   halfopen check ${file}
 *   halfopen check ${file} --kernel linux-4.4 --set tcp_abort_on_overflow=1
 */
${isTyped ? TYPED : PLAIN}

/** A property says what it reads: parts of one connection (client, server, up, down), and the listener that all share. */
export const properties = [
  ownProperty(
    'The accept queue never holds more than one connection.',
    tcp.invariant('ONE-WAITS', {
      reads: { shared: ['listener'] },
      then: ({ listener }) => listener.acceptQueue <= 1,
    }),
  ),
  ownProperty(
    'A client that believes in its connection can meet a server that does not.',
    tcp.reachable('MINE', {
      reads: { group: ['client', 'server'] },
      when: ({ client, server }) => client.socket.state === 'ESTABLISHED' && server.object.kind === 'request',
    }),
  ),
]

export const scenario${isTyped ? ': Scenario' : ''} = {
  name: 'mine',
  shows: 'what one client and one rival can do to a queue of one',
  // Your own ones, and shipped ones by their id: halfopen list properties
  properties: ['ONE-WAITS', 'MINE', 'Q1', 'H4'],
  world: {
    // listen(fd, 1)
    backlog: 1,
    // What each client calls after connect(); a rival connects and does nothing else.
    clients: [client('client', ['close']), rival],
    // The server accepts whenever it likes, and closes what it has accepted.
    server: { accepts: true, calls: ['close'], writes: 0 },
    // What the wire may do at most: lose, deliver twice, deliver out of order.
    wire: { loss: 0, duplication: 0, reordering: 0, capacity: 1 },
  },
}
`
