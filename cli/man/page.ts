/** The manual page, from the commands themselves: `man halfopen` where npm installs it. See man(7). */
import type { Argument, Command, Option } from 'commander'
import { exit } from '../exit.ts'

/** @param version of the program; @param program the root of its commands */
export const manPage = (program: Command, version: string): string =>
  [
    `.TH HALFOPEN 1 "" "halfopen ${version}" "halfopen"`,
    '.SH NAME',
    `halfopen \\- ${text(program.description())}`,
    '.SH SYNOPSIS',
    '.B halfopen',
    '[\\fIcommand\\fR] [\\fIoptions\\fR]',
    '.PP',
    'Without a command, the main job is run on what ships with it.',
    '.SH COMMANDS',
    ...commandsIn(program).flatMap(section),
    '.SH EXIT STATUS',
    ...Object.entries(means).flatMap(([name, what]) => ['.TP', `.B ${exit[name as keyof typeof exit]}`, text(what)]),
    '.SH ENVIRONMENT',
    '.TP',
    '.B NO_COLOR',
    'No colours, as \\-\\-no\\-color.',
    '.TP',
    '.B HALFOPEN_DEBUG',
    'With an error, where in the program it arose.',
    '.SH SEE ALSO',
    '.BR tcpdump (1),',
    '.BR ss (8),',
    '.BR tcp (7)',
    '',
  ].join('\n')

const means: Readonly<Record<keyof typeof exit, string>> = {
  holds: 'Holds, conforms, or nothing was asked.',
  violated: 'Violated, or diverges.',
  usage: 'Wrong usage.',
  inconclusive: 'Inconclusive: a bound, the time or the memory ended the search.',
  unreadable: 'The input cannot be read.',
  internal: 'An internal fault.',
  interrupted: 'Interrupted; what was known is printed.',
}

/** Of commands with commands of their own, those. */
const commandsIn = (command: Command, before = ''): { readonly name: string; readonly command: Command }[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .filter((c) => c.name() !== 'help')
    .flatMap((c) => {
      const name = `${before}${c.name()}`
      return c.commands.length > 0 ? commandsIn(c, `${name} `) : [{ name, command: c }]
    })

const section = ({ name, command }: { readonly name: string; readonly command: Command }): string[] => [
  `.SS halfopen ${text(name)} ${command.registeredArguments.map(argumentName).join(' ')}`.trimEnd(),
  `${text(sentence(command.description()))}`,
  ...command.registeredArguments.filter((a) => a.description).flatMap((a) => item(argumentName(a), a.description)),
  ...command
    .createHelp()
    .visibleOptions(command)
    .flatMap((option) => item(`\\fB${text(option.flags)}\\fR`, described(option))),
]

const item = (term: string, what: string): string[] => ['.TP', term, text(sentence(what))]

const argumentName = (a: Argument): string => {
  const name = `\\fI${text(a.name())}\\fR${a.variadic ? ' ...' : ''}`
  return a.required ? name : `[${name}]`
}

const described = ({ description, argChoices, defaultValue }: Option): string =>
  [
    description,
    ...(argChoices ? [`one of ${argChoices.join(', ')}`] : []),
    ...(defaultValue === undefined || defaultValue === false ? [] : [`default ${String(defaultValue)}`]),
  ].join('; ')

const sentence = (words: string): string =>
  words === '' ? '' : `${words[0]!.toUpperCase()}${words.slice(1)}${/[.?]$/.test(words) ? '' : '.'}`

/** Nothing in it is taken for a request of roff. */
const text = (words: string): string =>
  words
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1')
    .replaceAll('\n', ' ')
