/** Sysctls, socket options and arguments as a page of the docs. */
import { type Knob, knobs, linuxProfiles, type ProfileName } from '../../model/index.ts'
import { effectsOf } from '../../properties/index.ts'
import { outcomes, seenIn, sentence } from '../explain/effect.ts'
import { unmodelled } from '../explain/unmodelled.ts'
import { row } from './markdown.ts'

const kernels: readonly ProfileName[] = [...linuxProfiles].reverse()

const table = (headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  [headings, headings.map(() => '---'), ...rows].map(row).join('')

const modelled = (k: Knob): string[] => [`\`${k.name}\``, k.means, k.range, k.touches.join(', '), k.source]

const headings = ['name', 'effect', 'values', 'states touched', 'source']

export const settingsPage = (): string => `# Sysctls and socket options of opening a connection

Made by \`npm run pages\`; not edited by hand. \`halfopen explain NAME\` tells the same of one of them, and in which scenarios
it is set; \`--set NAME=VALUE\` sets a sysctl in a world.

## Sysctls

${table(headings, knobs.filter((k) => k.is === 'sysctl').map(modelled))}
## What a kernel ships

– where that kernel does not have it. tcp_max_syn_backlog follows the memory of the machine; the profiles have 2048.

${table(
  ['sysctl', ...kernels.map((name) => name.replace('linux-', ''))],
  knobs.flatMap(({ name, defaults }) => (defaults ? [[`\`${name}\``, ...kernels.map((k) => defaults[k])]] : [])),
)}
## Socket options, arguments and messages

${table(headings, knobs.filter((k) => k.is === 'socket option' || k.is === 'argument' || k.is === 'message').map(modelled))}
## What each changes

Every row is run by a test: the same world is explored to its end with one value and with another, and a property says
another thing of it. What no explored world shows is played by the reducers.

${table(
  ['name', 'scenario and property', 'what it says', 'what it gives'],
  knobs.flatMap(({ name }) => effectsOf(name).map((e) => [`\`${name}\``, seenIn(e), sentence(e), outcomes(e)])),
)}
## What no mainline kernel has

Names that articles give, and what does what is expected of them.

${table(
  ['name', 'in truth', 'instead', 'source'],
  knobs
    .filter((k) => k.is === 'no such sysctl')
    .map((k) => [`\`${k.name}\``, k.means, (k.instead ?? []).map((i) => `\`${i}\``).join(', '), k.source]),
)}
## What the model does not have

No world can set these; captures may have been made under them.

${table(
  ['sysctl', 'effect', 'default', 'unit', 'source'],
  unmodelled.map((u) => [`\`${u.name}\``, u.means, u.default, u.unit, u.source]),
)}`
