/** Where a long search is kept, and what is told of it. */
import type { CheckOptions, CheckpointNews, Report } from '../../checker/index.ts'
import type { Io } from '../io.ts'
import type { CheckpointFlags } from '../options/checkpoint.ts'
import { version } from '../package.ts'
import { count } from '../words/number.ts'
import { CheckpointDirectory } from './checkpoint-directory.ts'

/** @param check the command that asks the same again: a checkpoint is of this check and no other. */
export const checkpointOf = (o: CheckpointFlags, check: string, io: Io): Pick<CheckOptions, 'checkpoint'> => {
  const place = typeof o.resume === 'string' ? o.resume : o.checkpoint
  if (place === undefined) return {}
  const store = new CheckpointDirectory(place)
  let failed = ''
  const onNews = (news: CheckpointNews): void => {
    if (news.kind === 'failed' && news.cause === failed) return // a disk that stays full is reported once
    failed = news.kind === 'failed' ? news.cause : ''
    tell(news, place, io)
  }
  const madeFor = { check, version: version() }
  const everySeconds = o.every ?? 60
  return { checkpoint: { store, madeFor, everySeconds, resume: o.resume !== undefined, onNews } }
}

const tell = (news: CheckpointNews, place: string, io: Io): void => {
  if (news.kind === 'resumed') io.err(`resumed from ${place}: ${count(news.states, 'state')}, depth ${news.depth}\n`)
  if (news.kind === 'failed')
    io.err(`halfopen: the checkpoint could not be written, the search goes on: ${news.cause}\n`)
}

/** What the directory does not hold, once the check is over. */
export const tellWhatIsNotKept = (
  { checkpoint }: Pick<CheckOptions, 'checkpoint'>,
  { engine }: Report,
  io: Io,
): void => {
  if (checkpoint === undefined) return
  const { place } = checkpoint.store
  if (engine === 'symbolic')
    io.err(`sets of states are not kept in ${place}: resumed, what was explored as sets begins anew\n`)
  else if (checkpoint.store.load() === undefined)
    io.err(`nothing is kept in ${place}: the check ended before its search began\n`)
}
