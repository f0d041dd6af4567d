/** A connection told in sentences: what each end believed from where to where, what happened, and what would decide. */
import type { Belief } from '../../traces/index.ts'
import { wrapped } from '../words/table.ts'
import type { Replayed } from './connection.ts'

export const storyText = (r: Replayed): string => {
  const sentences = [...beliefs(r.timeline), ...ending(r), ...r.diagnoses.map(told)]
  return sentences.length === 0
    ? ''
    : `   the story\n${sentences.map((s) => `   · ${wrapped(s, 100, '     ')}\n`).join('')}`
}

const states = (b: Belief): string => `the client is ${b.client.join(' or ')}, the server ${b.server.join(' or ')}`

const beliefs = (timeline: readonly Belief[]): string[] => {
  const runs: { from: number; to: number; words: string }[] = []
  for (const belief of timeline) {
    const words = states(belief)
    const last = runs.at(-1)
    if (last?.words === words) last.to = belief.packet
    else runs.push({ from: belief.packet, to: belief.packet, words })
  }
  return runs.map(
    ({ from, to, words }) => `${from === to ? `after packet ${from}` : `from packet ${from} to ${to}`}, ${words}.`,
  )
}

const ending = ({ divergence, alternatives }: Replayed): string[] => {
  if (divergence !== undefined)
    return [`at packet ${divergence.packet} the capture leaves the model: ${divergence.reason}.`]
  const others = [...new Set(alternatives.map(({ end, state }) => `the ${end} ${state}`))]
  return others.length === 0 ? [] : [`in the end it could also be: ${others.join(', ')}; each has to invent more.`]
}

const told = ({ id, certainty, words, cause, causes, decides }: Replayed['diagnoses'][number]): string => {
  const equal = causes.filter((c) => c.words !== cause && c.cost !== undefined && c.cost === causes[0]?.cost)
  const because = [cause, ...equal.map((c) => c.words)].join(', or as well ')
  const next = decides === undefined ? '' : ` What would decide: ${decides}.`
  return `${id}, ${certainty}: ${words}, because ${because}.${next}`
}
