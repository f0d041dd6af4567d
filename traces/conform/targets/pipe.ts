/**
 * A stack behind a pipe: a child process that takes packets of IPv4 on its standard input and gives some on its standard output, each
 * after two bytes of its length, the higher first. docs/packet-pipe.md is the protocol.
 */
import { spawn } from 'node:child_process'
import type { Target } from '../target.ts'
import { AT_ONCE, now, Waiting } from './waiting.ts'

export interface Addresses {
  readonly address: string
  readonly tester: string
}

export const PIPE_ADDRESSES: Addresses = { address: '10.0.0.2', tester: '10.0.0.1' }

/** What of the child's last words is kept for the reader. */
const LAST_WORDS = 200

/** @param command as a shell takes it; it finds both addresses in its environment */
export const pipeTarget = (command: string, o: Partial<Addresses> = {}): Target => {
  const { address, tester } = { ...PIPE_ADDRESSES, ...o }
  const waiting = new Waiting()
  let hear = (_: Uint8Array): void => {}
  let ended: string | undefined
  let rest: Uint8Array = new Uint8Array()
  let words = ''
  const child = spawn('/bin/sh', ['-c', `exec ${command}`], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, CONFORM_ADDRESS: address, CONFORM_TESTER: tester },
  })
  const ends = (why: string) => {
    ended ??= `the target has ended: ${why}${words === '' ? '' : ` (${words.trim().split('\n').at(-1)})`}`
    waiting.wakes()
  }
  child.on('error', (error) => ends(error.message))
  child.on('close', (code, signal) => ends(signal === null ? `exit code ${code}` : `signal ${signal}`))
  child.stdin.on('error', () => {})
  child.stderr.on('data', (bytes: Buffer) => {
    words = `${words}${bytes}`.slice(-LAST_WORDS)
  })
  child.stdout.on('data', (bytes: Buffer) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    let at = 0
    for (;;) {
      const size = rest.length - at < 2 ? Number.POSITIVE_INFINITY : rest[at]! * 256 + rest[at + 1]!
      if (rest.length - at - 2 < size) break
      hear(rest.slice(at + 2, at + 2 + size))
      at += 2 + size
    }
    rest = rest.slice(at)
    waiting.wakes()
  })
  return {
    name: `pipe:${command}`,
    address,
    tester,
    atOnce: AT_ONCE,
    hears: (to) => {
      hear = to
    },
    send: (packet) => {
      if (ended === undefined) child.stdin.write(Uint8Array.of(packet.length >> 8, packet.length & 255, ...packet))
    },
    wait: (ms, until) => waiting.waits(ms, until),
    now,
    lacks: () => undefined,
    ended: () => ended,
    close: () => {
      child.stdin.end()
      child.kill()
    },
  }
}
