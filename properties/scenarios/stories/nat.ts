/** Two hosts behind one NAT, and a server that recycles TIME_WAIT: to 4.11. */
import { client, type Scenario } from '../../scenario.ts'

const ahead = client('ahead', ['close'], { writes: 0, address: 'the NAT', clock: 1000 })
const behind = client('behind', [], { writes: 0, address: 'the NAT', clock: 500 })

const world: Scenario['world'] = {
  kernel: 'linux-4.9',
  clients: [ahead, behind],
  server: { accepts: true, calls: ['close'], writes: 0 },
  offers: { mss: 1460, windowScale: 7, clock: 1 },
  durations: { clockMemory: 6 },
  sysctls: { tcp_tw_recycle: 1, tcp_syn_retries: 0, tcp_synack_retries: 0 },
}

export const behindNat: Scenario = {
  name: 'behind-one-NAT',
  shows:
    'tcp_tw_recycle: once the host whose clock is ahead has left, the SYNs of the other one behind its NAT are dropped',
  properties: ['shut-out-by-clock', 'BOTH', 'in-TIME_WAIT', 'N1', 'Q4', 'H15', 'L1'],
  world,
}

export const timestampsOff: Scenario = {
  name: 'timestamps-switched-off',
  shows:
    'tcp_tw_recycle, and tcp_timestamps switched off while clocks are remembered: no client of that address gets in',
  properties: ['shut-out-by-clock', 'BOTH', 'in-TIME_WAIT', 'N1', 'Q4', 'H15', 'L1'],
  world: { ...world, clients: [{ ...ahead, connects: 2 }], listener: { sysctls: { tcp_timestamps: 0 } } },
}

export const natStories: readonly Scenario[] = [behindNat, timestampsOff]
