/** The kernel of this machine as a teacher: what the model of its profile answers, and the same every time. */
import { release } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nearestKernel } from '../../model/index.ts'
import { whyNotLive } from '../live/namespaced.ts'
import { alphabets } from './alphabet.ts'
import { explored } from './explored.ts'
import type { KernelHost } from './kernel-host.ts'
import { learn } from './learn.ts'
import { partings } from './mealy.ts'
import { TcpTeacher } from './tcp-teacher.ts'

const whyNot =
  process.getuid?.() === 0 ? whyNotLive() : 'the tests make namespaces as root only; halfopen learn needs no root'
if (whyNot !== undefined) console.warn(`SKIPPED: learning the kernel: ${whyNot}`)

const { study } = alphabets
const profile = nearestKernel(release())?.profile ?? 'linux-6.18'

describe.skipIf(whyNot !== undefined)('this kernel', () => {
  let host: KernelHost

  beforeAll(async () => {
    host = new (await import('./kernel-host.ts')).KernelHost()
  })
  afterAll(() => host?.close())

  test.each([
    [
      'LISTEN SYN ACK ACCEPT DATA RCV CLOSECONNECTION ACK FIN+ACK',
      '- SYN+ACK(FRESH,NEXT) - - ACK(CURRENT,NEXT) - FIN+ACK(CURRENT,CURRENT) - ACK(CURRENT,NEXT)',
    ],
    ['LISTEN SYN DATA ACCEPT CLOSECONNECTION', '- SYN+ACK(FRESH,NEXT) ACK(CURRENT,NEXT) - RST+ACK(CURRENT,CURRENT)'],
    ['LISTEN SYN ACK CLOSE ACK', '- SYN+ACK(FRESH,NEXT) - RST+ACK(CURRENT,CURRENT) RST(CURRENT)'],
    ['SYN LISTEN CLOSE LISTEN SYN', 'RST+ACK(ZERO,NEXT) - - - RST+ACK(ZERO,NEXT)'],
    ['LISTEN SYN ACK RST SYN ACK RST SYN', '- SYN+ACK(FRESH,NEXT) - - SYN+ACK(FRESH,NEXT) - - -'],
  ])('%s', (word, answer) => {
    expect(new TcpTeacher(host, study).ask(word.split(' ')).join(' ')).toBe(answer)
  })

  test('a SYN that would open anew in TIME_WAIT, where nothing listens any more: acknowledged', () => {
    const word = 'LISTEN SYN ACK ACCEPT CLOSECONNECTION CLOSE FIN+ACK NEW-SYN'.split(' ')
    expect(new TcpTeacher(host, alphabets.wide).ask(word).at(-1)).toBe('ACK(CURRENT,CURRENT)')
  })

  test('a word is not touched by the one before it', () => {
    const teacher = new TcpTeacher(host, study)
    const words = ['LISTEN SYN ACK', 'LISTEN SYN', 'SYN', 'LISTEN SYN ACK ACCEPT CLOSECONNECTION FIN+ACK', 'ACK']
    const answers = words.map((w) => String(teacher.ask(w.split(' '))))
    for (let n = 0; n < 20; n++) expect(words.map((w) => String(teacher.ask(w.split(' '))))).toEqual(answers)
  })

  test('what is learnt is the machine of its profile', { timeout: 240_000 }, () => {
    const guide = explored(profile, study)!
    const { machine, repeated } = learn(new TcpTeacher(host, study), {
      guides: [guide],
      calls: study.calls,
      words: 0,
      seed: 1,
    })
    expect(repeated).toBe(0)
    expect([...partings(machine, guide.machine)]).toEqual([])
    expect(machine.states).toHaveLength(guide.machine.states.length)
  })
})
