/** What ss, netstat and /proc of either host would print in this state. */
import { useState } from 'preact/hooks'
import { counterLines, type Host, linesOf, netstat, ss, ssListening } from '../../../model/index.ts'
import { scenarioKernel, scenarioNamed } from '../../../properties/index.ts'
import { words } from '../prefer.ts'
import { address, bench, trace, world } from '../store.ts'

const tools = ['ss -lnt', 'ss -tano', 'netstat -anto', '/proc/net/netstat'] as const
type Tool = (typeof tools)[number]

export const Listings = () => {
  const w = words.value.bench
  const [tool, setTool] = useState<Tool>('ss -tano')
  const [host, setHost] = useState<Host>('server')
  return (
    <section class="listings" aria-labelledby="listings-heading">
      <h3 id="listings-heading">{w.listings}</h3>
      <div class="row">
        <fieldset class="choice">
          <legend class="hidden">{w.listings}</legend>
          {(['server', 'client'] as const).map((h) => (
            <label key={h}>
              <input type="radio" name="host" checked={host === h} onChange={() => setHost(h)} />
              {w.host[h]}
            </label>
          ))}
        </fieldset>
        <fieldset class="choice">
          <legend class="hidden">{w.listings}</legend>
          {tools.map((t) => (
            <label key={t}>
              <input type="radio" name="tool" checked={tool === t} onChange={() => setTool(t)} />
              <code>{t}</code>
            </label>
          ))}
        </fieldset>
      </div>
      <pre tabIndex={0}>{linesFor(tool, host).join('\n')}</pre>
    </section>
  )
}

const linesFor = (tool: Tool, host: Host): string[] => {
  const { setting } = bench.value
  const lines = linesOf(world.value, setting, host)
  switch (tool) {
    case 'ss -lnt':
      return ssListening(lines)
    case 'ss -tano':
      return ss(lines)
    case 'netstat -anto':
      return netstat(lines)
    case '/proc/net/netstat': {
      const spec = address.value.world
      const kernel = scenarioKernel(scenarioNamed(spec.scenario)!, spec.overrides)
      const effects = trace.value.steps.map((step) => step.effects)
      return counterLines({ effects, world: world.value, setting }, host, kernel)
    }
  }
}
