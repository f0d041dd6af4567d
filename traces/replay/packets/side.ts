/** The two ends of a connection. */
export type Side = 'client' | 'server'

export const peerOf = (side: Side): Side => (side === 'client' ? 'server' : 'client')
