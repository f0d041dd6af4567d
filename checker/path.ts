/**
 * Paths as short codes that anyone can replay: two bytes that say for which system, where it begins and loops and the
 * number of each event among those possible in varints, a checksum; base64url.
 */
import { canonicalKey } from './canonical.ts'
import { digestOfSystem } from './digest.ts'
import { CheckerFault } from './faults.ts'
import { events, sameEvent } from './interpret.ts'
import type { Path } from './property.ts'
import type { Step, System, World } from './system.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The steps of a path, re-executed from its initial world. @throws CheckerFault BAD_PATH when a step is not possible. */
export function replayPath(system: System, path: Path): Step[] {
  let world = initialWorld(system, path.initial)
  const steps = path.events.map((event, at) => {
    const step = events(system, world).find((candidate) => sameEvent(candidate.event, event))
    if (step === undefined) {
      throw new CheckerFault(
        'BAD_PATH',
        `Step ${at + 1} (${event.rule}) is not possible here; the path belongs to another system.`,
      )
    }
    world = step.world
    return step
  })
  if (path.loop !== undefined) {
    const back = path.loop === 0 ? initialWorld(system, path.initial) : steps[path.loop - 1]?.world
    if (back === undefined || canonicalKey(back) !== canonicalKey(world)) {
      throw new CheckerFault('BAD_PATH', `The path does not return to where its loop begins (after step ${path.loop}).`)
    }
  }
  return steps
}

/** @throws CheckerFault BAD_PATH when the path is not possible in this system. */
export function encodePath(system: System, path: Path): string {
  const { initial, loop } = path
  const numbers = loop === undefined ? [2 * initial] : [2 * initial + 1, loop]
  let world = initialWorld(system, path.initial)
  for (const event of path.events) {
    const steps = events(system, world)
    const at = steps.findIndex((step) => sameEvent(step.event, event))
    if (at < 0)
      throw new CheckerFault('BAD_PATH', `${event.rule} is not possible here; the path belongs to another system.`)
    numbers.push(at)
    world = steps[at]!.world
  }
  const bytes = [...systemBytes(system), ...numbers.flatMap(varint)]
  return toBase64Url([...bytes, checksum(bytes)])
}

/** @throws CheckerFault BAD_PATH for a mistyped code or one made for another system. */
export function decodePath(system: System, code: string): Path {
  const bytes = bytesOf(code)
  if (!isOf(system, bytes)) {
    throw new CheckerFault('BAD_PATH', 'The path code belongs to another system or other settings.')
  }
  const [head = 0, ...numbers] = varints(bytes.slice(2))
  const initial = Math.floor(head / 2)
  const loop = head % 2 === 1 ? numbers[0] : undefined
  const choices = loop === undefined ? numbers : numbers.slice(1)
  let world = initialWorld(system, initial)
  const taken = choices.map((choice, at) => {
    const steps = events(system, world)
    const step = steps[choice]
    if (step === undefined) {
      const found = `step ${at + 1} asks for event ${choice + 1} of ${steps.length}`
      throw new CheckerFault('BAD_PATH', `The path code belongs to another system or other settings: ${found}.`)
    }
    world = step.world
    return step.event
  })
  return loop === undefined ? { initial, events: taken } : { initial, events: taken, loop }
}

/** Whether the code was made for this system. @throws CheckerFault BAD_PATH when it is no path code at all. */
export function isPathOf(system: System, code: string): boolean {
  return isOf(system, bytesOf(code))
}

function isOf(system: System, bytes: readonly number[]): boolean {
  return systemBytes(system).every((byte, i) => bytes[i] === byte)
}

/** What the system is, in two bytes: one in 65,536 others has the same. */
function systemBytes(system: System): [number, number] {
  const { number } = digestOfSystem(system)
  return [number & 255, (number >>> 8) & 255]
}

function bytesOf(code: string): number[] {
  const all = fromBase64Url(code)
  const bytes = all.slice(0, -1)
  if (all.length >= 4 && checksum(bytes) === all.at(-1)) return bytes
  throw new CheckerFault('BAD_PATH', `"${code}" is not a path code; copy it whole, without spaces.`)
}

function initialWorld(system: System, initial: number): World {
  const world = system.initial[initial]
  if (world === undefined)
    throw new CheckerFault('BAD_PATH', `The path begins in initial world ${initial}, which does not exist.`)
  return world
}

function varint(number: number): number[] {
  return number < 128 ? [number] : [(number % 128) + 128, ...varint(Math.floor(number / 128))]
}

function varints(bytes: readonly number[]): number[] {
  const numbers: number[] = []
  let [number, scale] = [0, 1]
  for (const byte of bytes) {
    number += (byte % 128) * scale
    scale *= 128
    if (byte >= 128) continue
    numbers.push(number)
    number = 0
    scale = 1
  }
  return numbers
}

function checksum(bytes: readonly number[]): number {
  return bytes.reduce((sum, byte) => (sum * 31 + byte + 7) % 251, 1)
}

function toBase64Url(bytes: readonly number[]): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const left = Math.min(3, bytes.length - i)
    const bits = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    for (let k = 0; k <= left; k++) text += ALPHABET[(bits >> (18 - 6 * k)) & 63]
  }
  return text
}

function fromBase64Url(text: string): number[] {
  const bytes: number[] = []
  let [bits, held] = [0, 0]
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter)
    if (value < 0) throw new CheckerFault('BAD_PATH', `"${text}" is not a path code: it may not hold "${letter}".`)
    bits = ((bits << 6) | value) & 0xffff
    held += 6
    if (held < 8) continue
    held -= 8
    bytes.push((bits >> held) & 255)
  }
  return bytes
}
