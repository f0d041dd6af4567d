import type { Comparison } from '../against.ts'

/** What the last step of a shortest difference shows, on either side: segments, counters and states. */
export const shown = ({ difference }: Pick<Comparison, 'difference'>): string[] =>
  difference!.sides.map((step) => {
    if (step === undefined) return 'impossible'
    const { client, server } = step.world.groups.at(step.event.group ?? 0)!
    const { socket } = client
    const told = socket.state === 'CLOSED' ? ` ${socket.error ?? socket.because}` : ''
    const { object } = server
    const at = object.kind === 'child' ? object.socket.state : object.kind
    return [
      ...step.effects.map((e) => e.replace(/^(client|server) /, '')),
      `client ${socket.state}${told}`,
      `server ${at}`,
    ].join('; ')
  })
