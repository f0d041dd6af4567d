/**
 * A lesson as a Markdown file: a scenario, pages of text apart by `---` lines, the path that each page takes (`play`), and
 * questions (`ask …`) whose answers are not written but computed from the model.
 */
import { lexer } from 'marked'
import type { Event } from '../../model/index.ts'
import { fieldNames } from '../../traces/writers/fields.ts'
import { readAddress, readEvent, type WorldSpec } from '../state/spec.ts'
import type { Page, Question, ReadLesson } from './lesson.ts'
import { pieces } from './piece.ts'

/** @throws LessonError that says in which line what is wrong */
export const readLesson = (text: string): ReadLesson => {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  if (lines[0] !== '---') throw new LessonError(1, 'a lesson begins with a line --- and its title')
  const end = lines.indexOf('---', 1)
  if (end < 0) throw new LessonError(1, 'the head is not closed by a line ---')
  const head = headOf(lines.slice(1, end))
  const world = worldOf(head, '')
  let path: readonly Event[] = []
  const pages = splitPages(lines.slice(end + 1)).map(({ line, text: page }): Page => {
    const read = readPage(page, line + end + 1, head)
    path = [...path, ...read.events]
    return { text: read.text, path, questions: read.questions }
  })
  if (pages.length === 0) throw new LessonError(end + 1, 'there is no page')
  return { title: head.get('title') ?? 'Lesson', world, pages }
}

export class LessonError extends Error {
  constructor(line: number, what: string) {
    super(`line ${line}: ${what}`)
    this.name = 'LessonError'
  }
}

const headOf = (lines: readonly string[]): Map<string, string> =>
  new Map(
    lines.map((line, i) => {
      const [, name, value] = /^([\w.]+):\s*(.*)$/.exec(line) ?? []
      if (name === undefined) throw new LessonError(i + 2, `"${line}" is not written as name: value`)
      return [name, value!]
    }),
  )

/** `world: backlog=1&set=tcp_syncookies=1`, in the words of an address. */
const worldOf = (head: ReadonlyMap<string, string>, more: string): WorldSpec => {
  const scenario = head.get('scenario')
  if (scenario === undefined) throw new LessonError(1, 'the head names no scenario')
  const text = [head.get('world') ?? '', more].filter((t) => t !== '').join('&')
  const { address, unknown } = readAddress(`#/bench?w=${scenario}&${text}`, { scenario, overrides: {} })
  const [first] = unknown
  if (first) throw new LessonError(1, `there is no ${first.what} ${first.value}`)
  return address.world
}

const splitPages = (lines: readonly string[]): { line: number; text: string }[] => {
  const pages: { line: number; text: string }[] = []
  let [begin, inFence] = [0, false]
  const close = (at: number): void => {
    const text = lines.slice(begin, at).join('\n')
    if (text.trim() !== '') pages.push({ line: begin, text })
    begin = at + 1
  }
  for (const [i, line] of lines.entries()) {
    if (line.startsWith('```')) inFence = !inFence
    if (line === '---' && !inFence) close(i)
  }
  close(lines.length)
  return pages
}

const readPage = (text: string, line: number, head: ReadonlyMap<string, string>) => {
  const events: Event[] = []
  const questions: Question[] = []
  const shown = lexer(text).filter((token) => {
    if (token.type !== 'code') return true
    const [word = '', ...rest] = (token.lang ?? '').split(' ')
    if (word === 'play') events.push(...eventsOf(token.text, line))
    else if (word === 'ask') questions.push(questionOf(rest.join(' '), line, head))
    else return true
    return false
  })
  return { text: pieces(shown), events, questions }
}

const eventsOf = (text: string, line: number): Event[] =>
  text
    .split('\n')
    .filter((row) => row.trim() !== '')
    .map((row) => {
      const event = readEvent(row.trim())
      if (event === undefined) throw new LessonError(line, `"${row}" is no event; write 1.client connect`)
      return event
    })

const questionOf = (text: string, line: number, head: ReadonlyMap<string, string>): Question => {
  if (text === 'next') return { ask: 'next' }
  const [, connection, field, after] = /^(\d+)\.([\w.-]+) after (.+)$/.exec(text) ?? []
  const event = after === undefined ? undefined : readEvent(after)
  const known = fieldNames.find((name) => name === field)
  if (known && event) return { ask: 'field', field: known, connection: Number(connection) - 1, after: event }
  const [, property, settings = ''] = /^check (\S+)(?: with (\S+))?$/.exec(text) ?? []
  if (property) return { ask: 'check', property, world: worldOf(head, settings), settings }
  throw new LessonError(line, `"ask ${text}" is no question; see docs/lessons.md`)
}
