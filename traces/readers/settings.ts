/** The settings of a host: what `sysctl -a` prints, what /etc/sysctl.conf says, what `grep . /proc/sys/net/ipv4/tcp_*` shows. */
import { sysctls as rules, type Sysctl, type Sysctls } from '../../model/index.ts'
import { quoted, ReadError } from './error.ts'
import { textKind } from './kind.ts'

export interface HostSettings {
  readonly file: string
  /** Those that the model obeys. */
  readonly sysctls: Partial<Sysctls>
  readonly notes: readonly string[]
}

/** `net.ipv4.tcp_x = 1`, `-net/ipv4/tcp_x=1`, `/proc/sys/net/ipv4/tcp_x:1`, `tcp_x=1`. */
const SETTING = /^\s*-?(?:\/proc\/sys\/)?(?:net[./](?:ipv4|core)[./])?([a-z]\w{0,60})\s*[=:]\s*(.*?)\s*$/
/** With a place in the tree, or with an equals sign: prose has colons, too. */
const LOOKS_SET = /^\s*-?(?:\/proc\/sys\/|[a-z]\w*[./])[\w./*-]*\s*[=:]|^\s*[a-z]\w*\s*=/
const IPV6 = /^\s*-?(?:\/proc\/sys\/)?net[./]ipv6[./]/

const LONGEST = 10_000

/** @throws ReadError E_SYSCTLS when no line is a setting, E_SYSCTLS_LINE when one that the model obeys cannot be */
export const readSettings = (text: string, file = 'text'): HostSettings => {
  const found: Partial<Record<Sysctl, number>> = {}
  const twice = new Set<string>()
  const fail = (code: 'E_SYSCTLS' | 'E_SYSCTLS_LINE', place: string, cause: string, remedy: string) =>
    new ReadError({ code, place: `${file}:${place}`, cause, remedy })
  let settings = 0
  text.split(/\r\n|\n|\r/).forEach((raw, index) => {
    if (raw.length > LONGEST || /^\s*[#;]/.test(raw) || IPV6.test(raw)) return
    const [, name = '', value = ''] = SETTING.exec(raw) ?? []
    settings += LOOKS_SET.test(raw) ? 1 : 0
    if (!isKnown(name)) return
    const { min, max } = rules[name]
    const place = `${index + 1}:${raw.indexOf(value || name) + 1}`
    if (!/^\d+$/.test(value) || Number(value) < min || Number(value) > max) {
      throw fail('E_SYSCTLS_LINE', place, `${quoted(value)} is no value of ${name}`, `give ${min} to ${max}`)
    }
    if (found[name] !== undefined && found[name] !== Number(value)) twice.add(name)
    found[name] = Number(value)
  })
  if (settings === 0) {
    const kind = textKind(text)
    const cause = kind ? 'these are no settings' : `no «name = value» in ${quoted(text.slice(0, 200))}`
    throw fail('E_SYSCTLS', '1:1', cause, kind ? `it is ${kind}` : 'give the output of sysctl -a')
  }
  return {
    file,
    sysctls: found,
    notes: [
      ...(Object.keys(found).length === 0 ? [`${file} has no setting that the model obeys`] : []),
      ...[...twice].map((name) => `${name} is set twice in ${file}: the last value counts`),
    ],
  }
}

const isKnown = (name: string): name is Sysctl => Object.hasOwn(rules, name)
