import { useState } from 'preact/hooks'
import type { Step } from '../../../model/index.ts'
import { propertyNamed } from '../../../properties/index.ts'
import { offered } from '../../lessons/answer.ts'
import type { Question } from '../../lessons/lesson.ts'
import type { Bench } from '../../state/run.ts'
import { eventText } from '../../state/spec.ts'
import type { Words } from '../../words/en.ts'
import { words } from '../prefer.ts'
import { ask } from '../work.ts'

interface Props {
  readonly question: Question
  readonly bench: Bench
  readonly steps: readonly Step[]
}

export const QuestionForm = (props: Props) =>
  props.question.ask === 'check' ? <CheckForm {...props} /> : <ChoiceForm {...props} />

const ChoiceForm = ({ question, bench, steps }: Props) => {
  const w = words.value
  const [given, setGiven] = useState<ReadonlySet<string>>(new Set())
  const [isDone, setDone] = useState(false)
  const { choices, many } = offered(bench, steps, question, w)
  const isRight = choices.every(({ text, isRight: right }) => right === given.has(text))
  return (
    <form
      class="question"
      onSubmit={(e) => {
        e.preventDefault()
        setDone(true)
      }}
    >
      <fieldset>
        <legend>{legendOf(question, w)}</legend>
        {choices.map(({ text, isRight: right }) => (
          <label key={text} class={isDone ? (right ? 'right' : given.has(text) ? 'wrong' : '') : ''}>
            <input
              type={many ? 'checkbox' : 'radio'}
              name="answer"
              checked={given.has(text)}
              onChange={(e) => {
                const rest = many ? [...given].filter((t) => t !== text) : []
                setGiven(new Set(e.currentTarget.checked ? [...rest, text] : rest))
                setDone(false)
              }}
            />
            {text}
          </label>
        ))}
      </fieldset>
      <Answer isDone={isDone} isRight={isRight} />
    </form>
  )
}

const legendOf = (question: Question, w: Words): string => {
  if (question.ask === 'next') return w.lessons.question
  if (question.ask === 'field') return `${question.connection + 1}.${question.field} ← ${eventText(question.after)}?`
  const { property: id, settings } = question
  return `${id}: ${w.about.property(id, propertyNamed(id)?.sentence ?? '')} ${settings}?`
}

const Answer = ({ isDone, isRight }: { isDone: boolean; isRight: boolean }) => {
  const w = words.value.lessons
  return (
    <p class="row">
      <button type="submit">{w.check}</button>
      <output class={isDone ? (isRight ? 'right' : 'wrong') : ''}>
        {isDone ? `${isRight ? w.right : w.wrong} ${w.computed}` : ''}
      </output>
    </p>
  )
}

/** The world is explored, and the answer is the verdict. */
const CheckForm = ({ question }: Props) => {
  const w = words.value.lessons
  const [given, setGiven] = useState<boolean>()
  const [answer, setAnswer] = useState<boolean>()
  if (question.ask !== 'check') return null
  return (
    <form
      class="question"
      onSubmit={(e) => {
        e.preventDefault()
        void ask('check', { spec: question.world, only: [question.property] }).then(({ findings }) => {
          const verdict = findings[0]?.verdict
          setAnswer(verdict === 'reached' || verdict === 'violated')
        })
      }}
    >
      <fieldset>
        <legend>{legendOf(question, words.value)}</legend>
        {[true, false].map((yes) => (
          <label key={`${yes}`}>
            <input
              type="radio"
              name="answer"
              checked={given === yes}
              onChange={() => {
                setGiven(yes)
                setAnswer(undefined)
              }}
            />
            {yes ? w.yes : w.no}
          </label>
        ))}
      </fieldset>
      <Answer isDone={answer !== undefined && given !== undefined} isRight={answer === given} />
    </form>
  )
}
