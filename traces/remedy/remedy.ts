/** What may be recommended against what a capture shows, as people write it. */
export type Remedy =
  | { readonly kind: 'abort' }
  /** Room for so many; without a number, for as many as it takes. */
  | { readonly kind: 'backlog'; readonly size?: number }
  | { readonly kind: 'accept' }
  | { readonly kind: 'retries'; readonly most: number }

/** As they are written. */
export const remedies = [
  'tcp_abort_on_overflow=1',
  'backlog',
  'backlog=N',
  'accept=faster',
  'tcp_synack_retries=N',
] as const

/** linux: the backlog of listen() is an int, tcp_synack_retries at most 255 */
const MOST = { backlog: 2 ** 31 - 1, tcp_synack_retries: 255 } as const

/** @returns undefined for what is none, or has a number out of range */
export const readRemedy = (text: string): Remedy | undefined => {
  const [name, value] = text.replace(/^net\.(ipv4|core)\./, '').split(/=(.*)/s)
  if (name === 'tcp_abort_on_overflow') return value === '1' ? { kind: 'abort' } : undefined
  if (name === 'accept') return value === 'faster' ? { kind: 'accept' } : undefined
  if (name === 'backlog' && value === undefined) return { kind: 'backlog' }
  if (name !== 'backlog' && name !== 'tcp_synack_retries') return undefined
  if (value === undefined || !/^\d{1,10}$/.test(value) || Number(value) > MOST[name]) return undefined
  return name === 'backlog' ? { kind: 'backlog', size: Number(value) } : { kind: 'retries', most: Number(value) }
}

export const remedyText = (remedy: Remedy): string => {
  if (remedy.kind === 'abort') return 'tcp_abort_on_overflow=1'
  if (remedy.kind === 'accept') return 'accept=faster'
  if (remedy.kind === 'retries') return `tcp_synack_retries=${remedy.most}`
  return remedy.size === undefined ? 'backlog' : `backlog=${remedy.size}`
}
