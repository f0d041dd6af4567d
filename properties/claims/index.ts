/** The claims ledger: what is read about opening a connection on Linux, and what comes of it. */
import type { Claim } from './claim.ts'
import { ghostClaims } from './ghost.ts'
import { listingClaims } from './listings.ts'
import { queueClaims } from './queues.ts'
import { retryClaims } from './retries.ts'

export { type Article, type ArticleName, articles } from './articles.ts'
export { type Claim, type ClaimVerdict, claimKernels, type Experiment } from './claim.ts'
export { type Decision, decide as decideClaims, isAsked, isFilled } from './decide.ts'

export const claims: readonly Claim[] = [...ghostClaims, ...queueClaims, ...listingClaims, ...retryClaims]
export const claimNamed = (id: string): Claim | undefined => claims.find((c) => c.id === id)
