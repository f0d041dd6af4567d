/** What is learnt of the profiles, and where each parts from the next, as a page of the docs. */
import { type ProfileName, profileNames } from '../../model/index.ts'
import {
  type Alphabet,
  alphabets,
  type Difference,
  differences,
  explored,
  type Guide,
  ModelHost,
  TcpTeacher,
  toDot,
} from '../../traces/learn/index.ts'
import { row } from './markdown.ts'

const { study, wide } = alphabets
const NEWEST: ProfileName = 'linux-6.18'

const learnable = (alphabet: Alphabet): readonly (readonly [ProfileName, Guide])[] =>
  profileNames.flatMap((name) => {
    const guide = explored(name, alphabet)
    return guide === undefined ? [] : [[name, guide] as const]
  })

/** The machine of the newest profile, which a test holds against the kernel that it runs on. */
export const newestMachine = (): string => toDot(explored(NEWEST, study)!.machine)

export const learningPage = (): string => {
  const [ofStudy, ofWide] = [learnable(study), learnable(wide)]
  const size = ([, { machine }]: readonly [ProfileName, Guide]): string[] => [
    `${machine.states.length}`,
    `${machine.states.length * machine.inputs.length}`,
  ]
  return `${INTRODUCTION}
${row(['profile', 'states', 'transitions', 'wide: states', 'transitions'])}${row(Array(5).fill('---'))}${ofStudy
  .map((one, i) => row([one[0], ...size(one), ...size(ofWide[i]!)]))
  .join('')}
The machine of ${NEWEST}: [machines/${NEWEST}.dot](machines/${NEWEST}.dot).

## Where profiles part

Each profile beside the one before it: the shortest word of each way in which their last answers differ, and by how many pairs of
states they part so. Where nothing stands, no word parts them: what changed between them needs other inputs than these.

${partingsOf(ofStudy, study)}
With the wide alphabet:

${partingsOf(ofWide, wide)}`
}

const partingsOf = (all: readonly (readonly [ProfileName, Guide])[], alphabet: Alphabet): string => {
  const rows = all.slice(1).flatMap(([older, { machine }], i) => {
    const [newer, guide] = all[i]!
    const teacher = new TcpTeacher(new ModelHost(newer), alphabet)
    return partingRows([newer, older, differences(guide.machine, machine, (word) => teacher.ask(word))])
  })
  const headings = ['newer', 'older', 'shortest word', 'newer answers', 'older answers', 'pairs']
  return `${row(headings)}${row(headings.map(() => '---'))}${rows.join('')}`
}

const partingRows = ([newer, older, found]: readonly [ProfileName, ProfileName, readonly Difference[]]): string[] =>
  found.length === 0
    ? [row([newer, older, '', '', '', '0'])]
    : found.map(({ word, learnt, other, pairs }) =>
        row([newer, older, word.join(' '), learnt.at(-1)!, other.at(-1)!, `${pairs}`]),
      )

const INTRODUCTION = `# What a TCP server answers, learnt by asking

Made by \`npm run pages\`; not edited by hand. \`halfopen learn\` asks the kernel of this machine word after word of calls and
segments, each on a connection of its own, and makes of the answers the machine that gives them all: every state that the server's side of
one connection has, and what each input does there.

\`\`\`
halfopen learn                            this kernel, in network namespaces of its own
halfopen learn uml                        Linux 6.1: the kernel of Debian's package user-mode-linux, as a process
halfopen learn model:linux-4.9            the model's own reducer, under a profile
halfopen learn --against linux-6.18       the shortest words by which the kernel and the model part
halfopen learn --dot FILE --aut FILE      the machine for LearnLib, AALpy, Graphviz; for CADP, mCRL2
\`\`\`

| option | means |
| --- | --- |
| \`--against PROFILE\` | every pair of states that the same word reaches in the two machines is compared. Where the pair answers differently, the shortest such word is sent to the target again, and only what repeats is a difference |
| \`--alphabet wide\` | more inputs than the study has: see below |
| \`--words N\` | so many random words at last, 1000 if absent |
| \`--seed N\` | of the random words; drawn and told otherwise |
| \`--json\` | one document: [schemas/learn-1.json](schemas/learn-1.json) |

| exit code | means |
| --- | --- |
| 0 | learnt; with \`--against\`: no word parts them |
| 1 | with \`--against\`: they part |
| 2 | wrong usage |
| 3 | no namespaces can be made; or the kernel has answered the same word in two ways, eight times: both answers are told |
| 130 | interrupted: the machine as far as it is known |

## The inputs

Those of P. Fiterău-Broştean, R. Janssen, F. Vaandrager, *Combining Model Learning and Model Checking to Analyze TCP Implementations*
(CAV 2016). One process has one listening socket with backlog 1, and one client has one pair of ports.

| input | means |
| --- | --- |
| LISTEN | listen(); after CLOSE nothing |
| ACCEPT | accept(), unless the process holds a connection: the head of the queue, dead or alive |
| RCV | recv() of all that has arrived, on the connection that is held |
| CLOSECONNECTION | close() of the connection that is held |
| CLOSE | close() of the listening socket, for good |
| SYN, SYN+ACK, ACK, FIN+ACK, RST, RST+ACK | a segment without text |
| DATA | an ACK with one byte of text |

Every segment is *valid*: its number is what the server has acknowledged last, its acknowledgment all that the server has sent. A second SYN
on a connection therefore stands in the window, and is no copy of the first. Segments have no options.

\`--alphabet wide\` adds

| input | means |
| --- | --- |
| SHUTDOWN | shutdown(SHUT_WR) of the connection that is held |
| ABORT | its close() with SO_LINGER 0 |
| NEW-SYN | a SYN with a number beyond every window |
| RST-IN-WINDOW | a RST, one more than the number that comes next |
| ACK-OF-UNSENT, OLD-ACK | an ACK, one more or one less than all that was sent |
| OLD-DATA, DATA-BEYOND-WINDOW | a byte that was there before, or beyond every window |

An answer is what the server sends at once: \`-\` is nothing, \`SYN+ACK(FRESH,NEXT)\` a SYN+ACK with a number that has not been seen and
which acknowledges one more than the peer's number was. CURRENT: where the peer stands; LAST: one less; ZERO: 0. What calls return is no
part of an answer. Timers are left out: a word takes a few milliseconds, and no timer fires within a second (\`rto_min 1s\`).

## How it is asked

* The kernel answers the same word in the same way where routes say \`quickack 1\`, \`tcp_invalid_ratelimit\` is 0 and
  \`tcp_challenge_ack_limit\` has no effect. Nothing is asked twice. An answer that contradicts an earlier one is asked again up to seven
  times; then both are reported, and nothing is learnt.
* Silence is not waited for: behind each input a SYN goes to a closed port, and when its RST comes the answer is complete.
* A word that lasts half a second, on a machine that is busy, does not count and is asked again.
* The learner keeps a tree that tells states apart (M. Kearns, U. Vazirani 1994), and grows it by the one suffix that a counterexample
  shows (R. Rivest, R. Schapire 1993): \`traces/learn/\`.
* Words that may show the machine to be wrong, in this order: those by which it parts from the machines of the nearest profile and of
  \`--against\`; every transition of these, and what tells its state from the others; every transition of the machine learnt, and then
  every pair of calls; random words. The machine of a profile is explored, not learnt: it is exact. Pairs of calls and 2,000 random
  words alone found 38 or 39 of the model's 44 states.
* What is learnt is a machine that no word tried has contradicted. A state that only a longer word shows, and no profile has, is missed.

## What has been learnt

On Linux 6.18.44 (a virtual machine with two processors, both busy): 44 states, 528 transitions, 16,233 queries of 148,683 steps,
16,443 tests, none asked again for a contradiction, 7 to 20 s. No word parts it from the profile linux-6.18; every pair of inputs behind
every transition and 40,000 random words (109,117 queries) found nothing more. The study had 57 states and 684
transitions of Ubuntu 14.04; its ACCEPT waits for a connection that is not there yet, so that the numbers of states do not
compare, but words do: a SYN on an established connection, which had no answer then and in linux-3.10, has a challenge ACK now.

On Linux 6.1.176 (\`halfopen learn uml --against linux-6.1 --seed 7\`, on the same machine): 44 states, 528 transitions, 16,238 queries of
148,710 steps, 16,443 tests, none asked again. No word parts it from the profile linux-6.1, nor from linux-6.18: with these inputs the
two kernels answer alike, and it takes the wide alphabet to tell them apart (below). It took 16 minutes on a machine that was otherwise
busy, for a kernel as a process makes its calls slowly.

The machine of 2014 itself is not held beside this one: the study's models are no part of what this project has, and what is said of it
above is from the paper. \`halfopen learn --dot FILE\` writes this one in the form in which the study has published its own.

SEND is no input: what is sent and not acknowledged is part of a state, and each SEND would make another without end.

With the wide alphabet: 57 states, 1,140 transitions, 62,336 queries of 554,861 steps, 59 s, none asked again. The first run parted from the
model by one word, \`LISTEN SYN ACK ACCEPT CLOSECONNECTION CLOSE FIN+ACK NEW-SYN\`: a SYN that would open anew in TIME_WAIT, where nothing listens
any more, is acknowledged. The rule was missing in the model, and is in it now. No word parts them since.

The profiles (rfc9293 has no limited queues, and no end of states):
`
