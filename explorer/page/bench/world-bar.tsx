/** The world: scenario, kernel, backlog, clients, losses, sysctls. Whatever is changed, the world is rebuilt and the path kept as far as it fits. */
import { type ProfileName, profileNames, type Sysctl, sysctls } from '../../../model/index.ts'
import { type Overrides, scenarioKernel, scenarioNamed, scenarios } from '../../../properties/index.ts'
import type { Beside } from '../../state/spec.ts'
import { words } from '../prefer.ts'
import { address, bench, change, setWorld } from '../store.ts'

const override = (more: Partial<Record<keyof Overrides, unknown>>): void => {
  const { scenario, overrides } = address.value.world
  const all = Object.entries({ ...overrides, ...more }).filter(([, value]) => value !== undefined)
  setWorld({ scenario, overrides: Object.fromEntries(all) as Overrides })
}

export const WorldBar = () => {
  const w = words.value.world
  const { world } = address.value
  const { setting } = bench.value
  const scenario = scenarioNamed(world.scenario)!
  return (
    <section class="world" aria-label={w.heading}>
      <div class="row">
        <label>
          {w.scenario}
          <select
            name="scenario"
            value={world.scenario}
            onChange={(e) => setWorld({ scenario: e.currentTarget.value, overrides: {} })}
          >
            {scenarios.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {w.kernel}
          <select
            name="kernel"
            value={scenarioKernel(scenario, world.overrides)}
            onChange={(e) => override({ kernel: e.currentTarget.value as ProfileName })}
          >
            {profileNames.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <NumberField name="backlog" label={w.backlog} value={setting.backlog} max={65_535} />
        <NumberField name="clients" label={w.clients} value={setting.clients.length} min={1} max={8} />
        <NumberField
          name="queued"
          label={w.queued}
          value={setting.alreadyQueued}
          max={Math.min(setting.backlog + 1, 20)}
        />
        <NumberField name="loss" label={w.loss} value={setting.wire.loss} max={9} />
        <button
          type="button"
          disabled={Object.keys(world.overrides).length === 0}
          onClick={() => setWorld({ scenario: world.scenario, overrides: {} })}
        >
          {w.reset}
        </button>
      </div>
      <p class="shows">{words.value.about.scenario(scenario.name, scenario.shows)}</p>
      <Sysctls />
    </section>
  )
}

const NumberField = (p: { name: keyof Overrides; label: string; value: number; min?: number; max: number }) => (
  <label>
    {p.label}
    <input
      type="number"
      name={p.name}
      min={p.min ?? 0}
      max={p.max}
      value={p.value}
      onChange={(e) => {
        const n = e.currentTarget.valueAsNumber
        if (Number.isInteger(n) && n >= (p.min ?? 0) && n <= p.max) override({ [p.name]: n })
        else e.currentTarget.value = `${p.value}`
      }}
    />
  </label>
)

const Sysctls = () => {
  const w = words.value.world
  const { overrides } = address.value.world
  const set = overrides.sysctls ?? {}
  const { serverStack } = bench.value.setting
  const changed = Object.keys(set).length
  const put = (name: Sysctl, value: number) => {
    override({ sysctls: { ...set, [name]: value } })
  }
  return (
    <details class="settings">
      <summary>
        {w.settings} {changed > 0 && <span class="tag">{w.changed(changed)}</span>}
      </summary>
      <ul class="sysctls">
        {(Object.keys(sysctls) as Sysctl[]).map((name) => (
          <li key={name} class={name in set ? 'changed' : ''}>
            <label>
              <code>{name}</code>
              <input
                type="number"
                name={name}
                min={sysctls[name].min}
                max={sysctls[name].max}
                value={serverStack.sysctls[name]}
                onChange={(e) => {
                  const n = e.currentTarget.valueAsNumber
                  if (Number.isInteger(n) && n >= sysctls[name].min && n <= sysctls[name].max) put(name, n)
                }}
              />
            </label>
            <p>{words.value.about.setting(name, sysctls[name].means)}</p>
          </li>
        ))}
      </ul>
      <BesideChoice />
    </details>
  )
}

/** The second world: another kernel, or another value of one of the settings. */
const BesideChoice = () => {
  const w = words.value.world
  const { beside } = address.value
  return (
    <div class="row beside">
      <label>
        {w.beside}
        <select name="beside" value={besideName(beside)} onChange={(e) => choose(e.currentTarget.value)}>
          <option value="">{w.besideNone}</option>
          {profileNames.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
          <option value="setting">tcp_abort_on_overflow = 1</option>
          <option value="cookies">tcp_syncookies = 1</option>
        </select>
      </label>
    </div>
  )
}

const choose = (value: string): void => {
  const { beside: _, ...rest } = address.value
  if (value === '') address.value = rest
  else if (value === 'setting') change({ beside: { sysctls: { tcp_abort_on_overflow: 1 } } })
  else if (value === 'cookies') change({ beside: { sysctls: { tcp_syncookies: 1 } } })
  else change({ beside: { kernel: value as ProfileName } })
}

const besideName = (beside: Beside | undefined): string =>
  beside?.kernel ?? (beside?.sysctls?.tcp_syncookies === 1 ? 'cookies' : beside ? 'setting' : '')
