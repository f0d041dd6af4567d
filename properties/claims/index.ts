/** The claims ledger: what is read about opening and closing a connection on Linux, and what comes of it. */
import type { Claim } from './claim.ts'
import { closingClaims } from './closing.ts'
import { ghostClaims } from './ghost.ts'
import { listingClaims } from './listings.ts'
import { queueClaims } from './queues.ts'
import { retryClaims } from './retries.ts'

export { type Article, type ArticleName, articles } from './articles.ts'
export { type Claim, type ClaimVerdict, claimKernels, type Experiment } from './claim.ts'
export { type Decision, decide as decideClaims, isAsked, isFilled } from './decide.ts'

export const claims: readonly Claim[] = [
  ...ghostClaims,
  ...queueClaims,
  ...listingClaims,
  ...retryClaims,
  ...closingClaims,
]
export const claimNamed = (id: string): Claim | undefined => claims.find((c) => c.id === id)

/** What else is claimed in these articles, and why no run decides it. */
export const undecided: Readonly<Record<string, string>> = {
  'timestamps are random per connection since 4.10': 'the clock of a host is given to the model, not made by it',
  'tcp_max_tw_buckets is 180000 by default': 'the model knows that the limit is reached, not where it is',
  'what each state means': 'the states are those of RFC 9293 §3.3.2, and every rule of the model is about them',
}
