/** What a step of a path makes the processes do. */
import type { Setting } from '../../../model/index.ts'
import type { Processes } from '../processes.ts'
import type { Step } from '../script.ts'
import type { Numbers } from './numbers.ts'
import { clientOptions, listenerOptions } from './settings.ts'
import { clientPort, OTHERS, SERVER_PORT } from './states.ts'

type Does = Step['does']

const LISTENER = 'L'

export class Calls {
  readonly #processes: Processes
  readonly #setting: Setting
  readonly #numbers: readonly Numbers[]
  /** The names of accepted sockets, by group. */
  readonly #accepted = new Map<number, string>()
  #accepts = 0
  #others = 0

  constructor(processes: Processes, setting: Setting, numbers: readonly Numbers[]) {
    this.#processes = processes
    this.#setting = setting
    this.#numbers = numbers
  }

  #does(host: Step['host'], socket: string, does: Does) {
    return this.#processes.does({ at: 0, host, socket, does })
  }

  listen(): void {
    const { backlog } = this.#setting
    const options = listenerOptions(this.#setting)
    this.#does('server', LISTENER, { call: 'listen', port: SERVER_PORT, backlog, options })
  }

  /** So many more of others connect, to fill the accept queue. */
  fillWith(others: number): void {
    for (let i = 0; i < others; i++) {
      const n = this.#others++
      this.#does('client', `other${n}`, { call: 'connect', port: OTHERS + n, to: SERVER_PORT })
    }
  }

  connect(group: number, incarnation: number): void {
    const { client, isnStep } = this.#setting.iss
    const model = ((client + (incarnation - 1) * isnStep) % 2 ** 32) as typeof client
    const iss = this.#numbers[group]!.choose('client', model)
    this.#does('client', `c${group}`, { call: 'close' })
    const options = clientOptions(this.#setting)
    this.#does('client', `c${group}`, { call: 'connect', port: clientPort(group), to: SERVER_PORT, options, iss })
  }

  connectFromServer(group: number): void {
    this.#does('server', `s${group}`, { call: 'connect', port: SERVER_PORT, to: clientPort(group) })
    this.#accepted.set(group, `s${group}`)
  }

  /** False where nothing could be accepted. */
  accept(): boolean {
    const got = this.#does('server', LISTENER, { call: 'accept' })
    if (got === undefined || got.error !== undefined) return false
    const group = got.value - clientPort(0)
    if (group < 1_000) this.#accepted.set(group, `${LISTENER}.${this.#accepts}`)
    this.#accepts++
    return true
  }

  client(group: number, call: string): void {
    this.#does('client', `c${group}`, doing(call))
  }

  server(group: number, call: string): void {
    this.#does('server', this.#accepted.get(group) ?? '', doing(call))
  }

  relisten(backlog: number): void {
    this.#does('server', LISTENER, { call: 'relisten', backlog })
  }

  end(how: 'close' | 'shutdown'): void {
    this.#does('server', LISTENER, how === 'close' ? { call: 'close' } : { call: 'shutdown', how: 2 })
  }
}

const doing = (call: string): Does => {
  switch (call) {
    case 'send':
      return { call: 'send', bytes: 1 }
    case 'recv':
      return { call: 'recv', bytes: 65_536 }
    case 'shutdown':
      return { call: 'shutdown', how: 1 }
    case 'abort':
    case 'crash':
      return { call }
    default:
      return { call: 'close' }
  }
}
