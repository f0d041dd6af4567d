/** Lessons: text, a path through a world, and questions. */
import { useEffect, useMemo } from 'preact/hooks'
import type { Lesson, ReadLesson } from '../../lessons/lesson.ts'
import { benchOf, take } from '../../state/run.ts'
import { GhostNote } from '../bench/ghost-note.tsx'
import { Lifelines } from '../bench/lifelines.tsx'
import { Queues } from '../bench/queues.tsx'
import { opened } from '../opened.ts'
import { language, words } from '../prefer.ts'
import { address, change, goTo } from '../store.ts'
import { Markdown } from './markdown.tsx'
import { QuestionForm } from './question.tsx'

const lessons: readonly Lesson[] = opened.lessons ?? []

const read = ({ en, zh }: Lesson): ReadLesson => (language.value === 'zh' ? (zh ?? en) : en)

export const LessonsView = () => {
  const w = words.value.lessons
  const { lesson: name } = address.value.more
  const chosen = lessons.find((l) => l.name === name)
  return (
    <div class="lessons">
      <h2>{words.value.views.lessons}</h2>
      <div class="columns reversed">
        <nav class="side" aria-label={w.choose}>
          <ol class="contents">
            {lessons.map((l) => (
              <li key={l.name}>
                <button type="button" aria-pressed={l === chosen} onClick={() => open(l, 0)}>
                  {read(l).title}
                </button>
              </li>
            ))}
          </ol>
        </nav>
        <div class="stage">{chosen ? <Chosen lesson={chosen} /> : <p class="quiet">{w.choose}</p>}</div>
      </div>
    </div>
  )
}

const open = (lesson: Lesson, page: number): void => {
  const found = read(lesson)
  const at = found.pages[Math.min(page, found.pages.length - 1)]!
  change({
    view: 'lessons',
    world: found.world,
    path: at.path,
    at: at.path.length,
    more: { lesson: lesson.name, page: `${page + 1}` },
  })
}

const Chosen = ({ lesson }: { lesson: Lesson }) => {
  const found = read(lesson)
  const w = words.value.lessons
  const number = Math.max(1, Math.min(Number(address.value.more.page ?? 1) || 1, found.pages.length))
  const page = found.pages[number - 1]!
  // An address may name a page and not the path to it: the picture is that of the page.
  const isThere = JSON.stringify(page.path) === JSON.stringify(address.value.path)
  useEffect(() => {
    if (!isThere) open(lesson, number - 1)
  }, [isThere, lesson, number])
  return (
    <article lang={language.value === 'zh' && lesson.zh === undefined ? 'en' : undefined}>
      <h3>{found.title}</h3>
      {language.value === 'zh' && lesson.zh === undefined && <p class="quiet">{w.english}</p>}
      <div class="lesson-columns">
        <div class="text">
          <Markdown text={page.text} />
          <Questions lesson={found} number={number} />
          <p class="row">
            <button type="button" disabled={number === 1} onClick={() => open(lesson, number - 2)}>
              ← {w.back}
            </button>
            <span class="quiet">{w.page(number, found.pages.length)}</span>
            {number < found.pages.length ? (
              <button type="button" class="primary" onClick={() => open(lesson, number)}>
                {w.next} →
              </button>
            ) : (
              <button type="button" class="primary" onClick={() => goTo('bench')}>
                {w.free}
              </button>
            )}
          </p>
        </div>
        <div class="picture">
          <GhostNote />
          <Queues />
          <Lifelines />
        </div>
      </div>
    </article>
  )
}

const Questions = ({ lesson, number }: { lesson: ReadLesson; number: number }) => {
  const { questions, path } = lesson.pages[number - 1]!
  const { bench, steps } = useMemo(() => {
    const b = benchOf(lesson.world)
    return { bench: b, steps: take(b, path).steps }
  }, [lesson.world, path])
  return (
    <>
      {questions.map((q, i) => (
        <QuestionForm
          key={`${lesson.title} ${number} ${i} ${language.value}`}
          question={q}
          bench={bench}
          steps={steps}
        />
      ))}
    </>
  )
}
