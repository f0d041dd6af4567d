import type { CheckpointStore } from '../checkpoint/store.ts'

/** A checkpoint in memory, as a directory would hold it. */
export class MemoryStore implements CheckpointStore {
  readonly place = 'memory'
  text: string | undefined
  bytes = new Uint8Array(0)
  /** How often a checkpoint was kept. */
  kept = 0

  load(): string | undefined {
    return this.text
  }

  read(from: number, length: number): Uint8Array {
    return this.bytes.slice(from, from + length)
  }

  write(from: number, bytes: Uint8Array): void {
    const larger = new Uint8Array(Math.max(this.bytes.length, from + bytes.length))
    larger.set(this.bytes)
    larger.set(bytes, from)
    this.bytes = larger
  }

  keep(text: string): void {
    this.text = text
    this.kept++
  }
}
