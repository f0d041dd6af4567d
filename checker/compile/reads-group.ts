/**
 * Whether a link reads the index of the group that it runs for. Groups of which no link asks which one they are can be
 * renamed, so a link that asks unnoticed would make symmetry unsound: what cannot be told is refused.
 */
import { CheckerFault } from '../faults.ts'
import type { Link } from '../system.ts'

const known = new WeakMap<Link['step'], boolean>()

/** @throws CheckerFault BAD_CHAIN for a function that does not show what it reads */
export function readsGroup(link: Link): boolean {
  if (link.readsGroup !== undefined) return link.readsGroup
  const before = known.get(link.step)
  if (before !== undefined) return before
  const found = readIn(link)
  known.set(link.step, found)
  return found
}

const readIn = ({ step, part }: Link): boolean => {
  if (step.length >= 3) return true
  const text = Function.prototype.toString.call(step)
  const parameters = parametersOf(text)
  if (parameters !== undefined && !/\.\.\.|=/.test(outermost(parameters)) && !/\barguments\b/.test(text)) return false
  throw new CheckerFault(
    'BAD_CHAIN',
    `The function of part ${part} does not show how many arguments it reads (default or rest parameters, arguments, or a wrapper around it); say with readsGroup: true or false whether it reads the index of the group.`,
  )
}

/** Without what is taken apart in braces and brackets: a default in there hides no argument. */
const outermost = (parameters: string): string => {
  let text = parameters
  for (let before = ''; before !== text; ) {
    before = text
    text = text.replace(/\{[^{}]*\}|\[[^[\]]*\]/g, '')
  }
  return text
}

/** What stands in the first pair of parentheses; undefined for code that is not shown (bound and native functions). */
const parametersOf = (text: string): string | undefined => {
  if (/\{\s*\[native code\]\s*\}/.test(text)) return undefined
  const alone = /^(?:async\s+)?([A-Za-z_$][\w$]*)\s*=>/.exec(text)
  if (alone) return alone[1]
  const from = text.indexOf('(')
  let depth = 0
  for (let at = from; at >= 0 && at < text.length; at++) {
    if (text[at] === '(') depth++
    if (text[at] === ')' && --depth === 0) return text.slice(from + 1, at)
  }
  return undefined
}
