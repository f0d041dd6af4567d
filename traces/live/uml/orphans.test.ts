/** tcp_max_orphans, swept on a second kernel, for it is one setting of the whole machine. linux: tcp_check_oom, tcp_out_of_resources */
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { capturedOf } from '../../conformance/counters.ts'
import { judgeRecording } from '../../conformance/row.ts'
import { call, LISTENS, PORT, upTo } from '../decisive.ts'
import { profileOf } from '../kernel.ts'
import type { Script, Step } from '../script.ts'
import { UmlKernel, whyNoUml } from './index.ts'

const built = new URL('../../../dist/traces/live/uml/guest.js', import.meta.url)
const whyNot = whyNoUml() ?? (existsSync(built) ? undefined : 'its program is not built: npm run prepare')
if (whyNot !== undefined) console.warn(`SKIPPED: the limit of orphans, swept on a second kernel: ${whyNot}`)

const clients = [0, 1, 2]

/** Three connections, whose server's ends close one after another; of what the server sends after its SYN+ACK nothing arrives. */
const scriptOf = (most: number, retries: number, clientsClose: boolean): Script => {
  const all = { tcp_timestamps: 1, tcp_orphan_retries: retries }
  const steps = clients.flatMap((n): Step[] => [
    call('client', `c${n}`, 100 + 20 * n, { call: 'connect', port: PORT + n, to: LISTENS }),
    call('server', 'L0', 400 + 20 * n, { call: 'accept' }),
    ...(clientsClose ? [call('client', `c${n}`, 500, { call: 'shutdown', how: 1 })] : []),
    call('server', `L0.${n}`, 700 + 350 * n, { call: 'close' }),
  ])
  return {
    settings: { client: all, server: all },
    delay: { client: 10, server: 10 },
    // the client's FIN is acknowledged, or the FIN of the server is its second segment
    wire: clients.flatMap((n) =>
      upTo(clientsClose ? 2 : 1, 20).map((nth) => ({ from: 'server', port: PORT + n, nth, fate: 'lost' }) as const),
    ),
    lasts: 6_000,
    steps: [
      call('server', 'none', 0, { call: 'sysctl', name: 'tcp_max_orphans', value: most }),
      call('server', 'L0', 0, { call: 'listen', port: LISTENS, backlog: 3 }),
      ...steps,
    ].sort((a, b) => a.at - b.at),
  }
}

/** What disagrees is asked again: on a busy machine timers are late. */
const AGAIN = 2

test.skipIf(whyNot !== undefined)(
  'tcp_max_orphans, at close() and at the timer: the model does what this kernel does',
  { timeout: 300_000 },
  () => {
    const uml = new UmlKernel()
    try {
      const profile = profileOf(uml)
      const once = (script: Script) => {
        let found = { says: [] as readonly string[], notDriven: [] as readonly unknown[], aborted: 0 }
        uml.runAll([script], (recording) => {
          const { mismatches: says, notDriven } = judgeRecording(recording, profile)
          found = { says, notDriven, aborted: capturedOf(recording.counters.server).get('TCPAbortOnMemory') ?? 0 }
        })
        return found
      }
      // how many: by the moment at which the kernel counts, ten times a second
      const aborted: number[] = []
      for (const most of [0, 1, 3])
        for (const retries of [1, 3])
          for (const clientsClose of [false, true]) {
            const script = scriptOf(most, retries, clientsClose)
            let found = once(script)
            for (let n = 0; n < AGAIN && found.says.length > 0; n++) found = once(script)
            const name = `at most ${most}, ${retries} retries, ${clientsClose ? 'LAST_ACK' : 'FIN_WAIT1'}`
            expect([name, found.says, found.notDriven]).toEqual([name, [], []])
            aborted.push(found.aborted)
          }
      expect(aborted.slice(0, 4).map((n) => n > 0)).toEqual([true, true, true, true])
      expect(aborted.slice(-4)).toEqual([0, 0, 0, 0])
    } finally {
      uml.close()
    }
  },
)
