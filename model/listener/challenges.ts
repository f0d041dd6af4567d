/**
 * tcp_challenge_ack_limit: challenge ACKs are counted for the whole host, second by second. A sender that can exhaust
 * them can also learn whether it has (CVE-2016-5696); since 6.1 there is no limit. linux: tcp_send_challenge_ack ·
 * RFC 5961 §7
 */
import type { Stack } from '../config.ts'
import { UNLIMITED } from '../sysctls/rule.ts'
import type { Answered, Listener } from './types.ts'

/** Whether there is a limit at all: 0 is none where it draws from a range without an end. linux: tcp_send_challenge_ack, get_random_u32_inclusive */
export const limitsChallenges = (
  { challengeLimit0 }: Stack['dialect'],
  { tcp_challenge_ack_limit: limit }: Stack['sysctls'],
): boolean => limit < UNLIMITED && !(limit === 0 && challengeLimit0 === 'no limit')

/** Counting them would tell worlds apart that never reach the limit: a stack says whether it does. */
export const countsChallenges = ({ counted, dialect, sysctls }: Stack): boolean =>
  counted?.challenges === true && limitsChallenges(dialect, sysctls)

/** Since 4.7 the kernel draws each second's limit at random around the sysctl; here it is the sysctl. */
export const mayChallenge = (l: Listener, stack: Stack): Answered => {
  const before = l.challenges ?? { sent: 0, left: stack.durations.initialRto }
  return before.sent < stack.sysctls.tcp_challenge_ack_limit
    ? { to: { ...l, challenges: { ...before, sent: before.sent + 1 } }, answer: { answer: 'done' } }
    : { to: l, answer: { answer: 'no challenge' } }
}

export const challengesElapse = (c: Listener['challenges'], time: number): Pick<Listener, 'challenges'> =>
  c !== undefined && c.left > time ? { challenges: { ...c, left: c.left - time } } : {}
