import { expect, test } from 'vitest'
import { alphabets } from './alphabet.ts'
import { ModelHost } from './model-host.ts'
import { TcpTeacher, Unanswered } from './tcp-teacher.ts'

/** A host on a machine that is too busy for so many words. */
class BusyHost extends ModelHost {
  #left: number
  asked = 0

  constructor(times: number) {
    super('linux-6.18')
    this.#left = times
  }

  override end(): boolean {
    this.asked += 1
    return this.#left-- <= 0
  }
}

test('a word that took too long does not count, and is asked again', () => {
  const host = new BusyHost(3)
  const answer = new TcpTeacher(host, alphabets.study).ask(['LISTEN', 'SYN'])
  expect([answer, host.asked]).toEqual([['-', 'SYN+ACK(FRESH,NEXT)'], 4])
})

test('a machine that is always too busy is reported', () => {
  expect(() => new TcpTeacher(new BusyHost(1_000), alphabets.study).ask(['SYN'])).toThrow(Unanswered)
})
