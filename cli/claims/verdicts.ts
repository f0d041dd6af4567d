/** The verdicts of a claim in a few words. */
import { type Claim, claimKernels } from '../../properties/index.ts'

/** `false`, or `true to linux-6.1, then false`; a kernel of which it is not asked is passed over. */
export const verdictText = ({ verdicts }: Claim): string => {
  const asked = claimKernels.flatMap((kernel) => {
    const verdict = verdicts[kernel]
    return verdict === undefined ? [] : [{ kernel, verdict }]
  })
  const last = asked.filter(({ verdict }, i) => i + 1 < asked.length && verdict !== asked[i + 1]!.verdict)
  return [...last.map(({ kernel, verdict }) => `${verdict} to ${kernel}`), asked.at(-1)!.verdict].join(', then ')
}
