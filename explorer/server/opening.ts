/** What a page opens with: the lessons, the published capture, and what the user named. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Lesson, ReadLesson } from '../lessons/lesson.ts'
import { LessonError, readLesson } from '../lessons/read-lesson.ts'
import { standalone } from '../state/standalone.ts'
import { built, root } from './build.ts'

/** Lessons of a folder, by name; `NAME.zh.md` is the same lesson in Chinese. @throws Error for one that cannot be read */
export const lessonsIn = (folder: string): Lesson[] => {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new Error('there is no such folder')
  const files = readdirSync(folder).filter((file) => file.endsWith('.md') && !file.startsWith('README'))
  return files
    .filter((file) => !file.endsWith('.zh.md'))
    .sort()
    .map((file): Lesson => {
      const name = file.slice(0, -'.md'.length)
      const chinese = `${name}.zh.md`
      return {
        name,
        en: lessonOf(join(folder, file)),
        ...(files.includes(chinese) && { zh: lessonOf(join(folder, chinese)) }),
      }
    })
}

const lessonOf = (file: string): ReadLesson => {
  try {
    return readLesson(readFileSync(file, 'utf8'))
  } catch (error) {
    throw error instanceof LessonError ? new Error(`${file}, ${error.message}`) : error
  }
}

export const shippedLessons = (): Lesson[] => lessonsIn(join(root(), 'explorer', 'lessons'))

/** @param more what the user asked for */
export const openedWith = (more: Readonly<Record<string, unknown>> = {}, folder?: string) => {
  const file = join(root(), 'traces', 'corpus', 'ghost-connection', 'ghost-connection.tcpdump.txt')
  return {
    lessons: [...shippedLessons(), ...(folder === undefined ? [] : lessonsIn(folder))],
    example: { name: 'ghost-connection.tcpdump.txt', text: readFileSync(file, 'utf8') },
    ...more,
  }
}

/** The page as one file. */
export const standalonePage = (opened: unknown = openedWith()): Promise<string> => {
  const { served } = built()
  const text = (name: string) => served.get(name)!
  const words = { en: text('en.js'), zh: text('zh.js') }
  return standalone({ page: text('whole.js'), words, style: text('page.css'), opened })
}
