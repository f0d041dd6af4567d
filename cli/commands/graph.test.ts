import { describe, expect, test } from 'vitest'
import { halfopen, json } from '../testing/halfopen.ts'

describe('graph SCENARIO', () => {
  test('has the states of both ends that the world reaches, and what leads from one to the next', async () => {
    const { nodes, edges, exhausted } = await json(
      'graph accept-queue-backlog-0 --project client.state,server.state --to json',
    )
    expect(exhausted).toBe(true)
    expect(nodes).toContainEqual({ id: 'CLOSED · LISTEN', values: ['CLOSED', 'LISTEN'], initial: true })
    const promotion = { from: 'ESTABLISHED · SYN_RECV', to: 'ESTABLISHED · ESTABLISHED' }
    expect(edges).toContainEqual(expect.objectContaining({ ...promotion, labels: ['rcv [.]'] }))
  })

  test('--to dot, mermaid, svg', async () => {
    expect((await halfopen('graph accept-queue-backlog-0 --to dot')).out).toContain(
      '"CLOSED · LISTEN" -> "SYN_SENT · LISTEN"',
    )
    expect((await halfopen('graph accept-queue-backlog-0 --to mermaid')).out).toMatch(
      /^stateDiagram-v2\n.*\[\*\] --> s0/s,
    )
    expect((await halfopen('graph accept-queue-backlog-0 --to svg')).out).toMatch(/<svg .*ESTABLISHED.*<\/svg>/s)
  })

  test('other fields, shared ones included', async () => {
    const { nodes } = await json('graph accept-queue --project listener.accept-queue --json')
    expect(nodes.map((n: { id: string }) => n.id)).toEqual(['accept queue 0', 'accept queue 1', 'accept queue 2'])
  })

  test('a bound that was hit is said, and the exit code tells', async () => {
    const { code, err } = await halfopen('graph accept-queue --max-depth 2')
    expect(code).toBe(3)
    expect(err).toContain('not everything was explored: the limit of --max-depth was reached')
  })
})

describe('graph --compare rfc9293', () => {
  test('lists what a world has of figure 5, lacks and adds, with reasons', async () => {
    const { code, out } = await halfopen('graph close --compare rfc9293 --retries 0 --max-depth 12')
    expect(code).toBe(3) // the depth is bounded here, to be quick
    expect(out).toMatch(/has \d+ edges of figure 5/)
    expect(out).toMatch(/FIN_WAIT2 → TIME_WAIT +rcv FIN \/ snd ACK +rcv \[F\.\]/)
    expect(out).toMatch(/SYN_SENT → SYN_RECV +rcv SYN \/ snd SYN,ACK +no simultaneous open in this world/)
    expect(out).toMatch(/SYN_RECV → CLOSE_WAIT .* a FIN completes the handshake/)
    expect(out).toContain('not everything was explored')
  })
})
