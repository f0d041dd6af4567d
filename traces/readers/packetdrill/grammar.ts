/**
 * The statements of packetdrill that tell of connection management: packets, system calls, shell commands. Everything is
 * a value of `Parsed`; what is packetdrill but none of these is `other`, by name.
 */
import { createRequire } from 'node:module'
import type peggy from 'peggy'
import type { Parsed } from './script.ts'

const GRAMMAR = String.raw`
Statement = _ s:(Shell / Code / Flag / Timed) _ { return s }

Shell = "${'`'}" command:$[^${'`'}]* "${'`'}" { return { kind: 'shell', command } }
Code = "%{" .* { return { kind: 'other', what: 'code' } }
Flag = "--" what:$[^\n]+ { return { kind: 'other', what: '--' + what } }
Timed = time:Time __ what:(Packet / Shell / Code / Call) { return { ...what, time } }

Time "a time (0.1, +0.1, *)"
  = "*" { return { at: 0, relative: true } }
  / relative:"+"? _ at:Number end:(_ "~" _ "+"? n:Number { return n })? until:(_ "..." _ n:Number { return n })?
    { return until === null ? { at, relative: relative !== null } : { at, relative: relative !== null, until } }

Packet = direction:("<" { return 'in' } / ">" { return 'out' }) __ Ecn? p:(Other / Segment) { return { ...p, direction } }
Ecn = "[" [a-z0-9]+ "]" __
Other = Quoted? what:("icmp" / "udp" / "gre" / "ipv4" / "ipv6" / "mpls") .* { return { kind: 'other', what: what + ' packet' } }
Quoted = "[" Whole ":" Whole _ "(" Whole ")" "]" __
Segment = flags:Flags __ seq:Sequence rest:(__ f:Field { return f })* _
  { return Object.assign({ kind: 'segment', flags, ...seq }, ...rest) }

Flags "flags (S S. . P. F. R R.)" = "-" { return '' } / $[SFRPEWU.]+
Sequence "first:last(length)" = seq:Whole ":" end:Whole _ "(" len:Whole ")" {
  if ((seq + len) % 4294967296 !== end) error(seq + ':' + end + ' holds ' + ((end - seq + 4294967296) % 4294967296) + ' bytes, not ' + len)
  return { seq, len }
}
Field = "ack" __ ack:Whole { return { ack } }
  / "win" __ window:(Whole / "*" { return undefined }) { return window === undefined ? {} : { window } }
  / "urg" __ Whole { return {} }
  / "fo" .* { return { unread: 'Fast Open' } }
  / String { return {} }
  / all:Options { const { unread, ...options } = all ?? {}; return unread ? { options, unread } : all && { options } }

Options "options (<mss 1460,sackOK>)"
  = "<" _ "..." _ ">" { return undefined }
  / "<" _ first:Option? rest:(_ "," _ o:Option { return o })* _ ">" { return Object.assign({}, first ?? {}, ...rest) }
Option "an option"
  = "mss" __ mss:Whole { return { mss } }
  / "wscale" __ windowScale:Whole { return { windowScale } }
  / "sackOK" { return { sackPermitted: true } }
  / "TS" __ "val" __ value:Whole __ "ecr" __ echo:Whole { return { timestamp: { value, echo } } }
  / "sack" blocks:(__ l:Whole ":" r:Whole { return [l, r] })+ { return { sack: blocks } }
  / "FO"i "EXP"i? ![A-Za-z_] [^,>]* { return { unread: 'Fast Open' } }
  / "nop" { return {} }
  / "eol" { return {} }
  / $([A-Za-z_][^,>]*) { return {} }

Call = name:Name _ "(" _ args:Args? _ ")" result:(_ "=" _ r:Result { return r })? _ Extra?
  { return { kind: 'call', name, args: args ?? [], ...(result ?? {}) } }
Args = first:Arg rest:(_ "," _ a:Arg { return a })* { return [first, ...rest] }
Arg "an argument" = $(Piece+)
Piece = String / "(" _ Inner* _ ")" / "[" Inner* "]" / "{" Inner* "}" / [^,()[\]{}"]
Inner = Piece / ","
Result "a result (0, -1 EAGAIN)" = value:Signed errno:(__ e:$([A-Z][A-Z0-9]*) { return e })? _ ("(" [^)]* ")")?
  { return errno === null ? { result: value } : { result: value, errno } }
Extra = "[" [^\]]* "]" / "{" .* 

Name "a system call" = $([a-z_][a-z0-9_]*)
String "a string" = '"' ("\\" . / [^"\\])* '"'
Whole "a number" = digits:$[0-9]+ {
  const n = Number(digits)
  if (n > 4294967295) error('a number above 4294967295')
  return n
}
Signed = hex:$("0x" [0-9a-fA-F]+) { return Number(hex) } / digits:$("-"? [0-9]+) { return Number(digits) } / "*" { return undefined }
Number "a number" = digits:$([0-9]+ ("." [0-9]+)? / "." [0-9]+) { return Number(digits) }
_ "white space" = [ \t\n]*
__ "white space" = [ \t\n]+
`

let parser: peggy.Parser | undefined

/** Loaded and made when it is first needed, which takes a tenth of a second: most captures are no scripts. */
const parserOf = (): peggy.Parser => {
  parser ??= (createRequire(import.meta.url)('peggy') as typeof peggy).generate(GRAMMAR)
  return parser
}

/** Where and why a statement cannot be read; lines and columns from 1, within the statement. */
export interface Misread {
  readonly line: number
  readonly column: number
  readonly cause: string
}

export const parseStatement = (text: string): Parsed | Misread => {
  try {
    return parserOf().parse(text) as Parsed
  } catch (error) {
    if (error instanceof RangeError) return { line: 1, column: 1, cause: 'too many brackets within brackets' }
    const { location, expected, found, message } = error as peggy.parser.SyntaxError
    if (location === undefined) throw error
    const { line, column } = location.start
    return { line, column, cause: expected ? expectation(expected, found) : message }
  }
}

const expectation = (expected: readonly peggy.parser.Expectation[], found: string | null | undefined): string => {
  const words = expected.flatMap((e) =>
    e.type === 'other' ? [e.description] : e.type === 'literal' ? [`«${e.text}»`] : [],
  )
  const some = [...new Set(words)].filter((word) => word !== 'white space').slice(0, 6)
  const instead = found === null || found === undefined ? 'the statement ends' : `«${found}» stands`
  return some.length === 0
    ? `nothing can be read where ${instead}`
    : `${instead} where ${some.join(' or ')} is expected`
}
