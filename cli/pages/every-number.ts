/** Every number of clients as a page of the docs: the method, and the pinned verdicts. */
import { everyPins, propertyNamed, scenarios } from '../../properties/index.ts'
import { row } from './markdown.ts'

const groups = ['holds', 'not applicable', 'not reached', 'violated', 'reached', 'not decided'] as const

const cellOf = (scenario: string, group: (typeof groups)[number]): string =>
  Object.entries(everyPins[scenario] ?? {})
    .flatMap(([id, verdict]) => {
      if (!verdict.startsWith(group)) return []
      const [, smallest, more] = /with (\d+)( or more)?$/.exec(verdict) ?? []
      return [smallest === undefined ? id : `${id} (${smallest}${more ? ' +' : ''})`]
    })
    .join(' ')

const table = (): string =>
  [
    row([
      'scenario',
      'proved for every number',
      'of it not applicable',
      'never, with any number',
      'violated',
      'reached',
      'not decided',
    ]),
    row(groups.map(() => '---').concat('---')),
    ...scenarios.map(({ name }) => row([`\`${name}\``, ...groups.map((group) => cellOf(name, group))])),
  ].join('')

const proved = (): number =>
  Object.values(everyPins)
    .flatMap((verdicts) => Object.values(verdicts))
    .filter((v) => /^(holds|not )(?!decided)/.test(v)).length

const leadsTo = (): number =>
  Object.values(everyPins).flatMap((verdicts) =>
    Object.entries(verdicts).filter(([id, v]) => v === 'holds' && propertyNamed(id)?.kind === 'leads-to'),
  ).length

export const everyNumberPage = (): string => `# Every number of clients

Made by \`npm run pages\` from \`properties/every/pins.ts\`; the verdicts are those of \`halfopen check --clients any\`, pinned by
\`npm run pin:every\`. Not edited by hand.

A search explores a world of two or three clients; a server has a million. \`halfopen check SCENARIO --clients any\` says of each
property that it *holds for every number of clients*, that it is *violated with N clients* (the smallest N, and its
counterexample), or that it is *not decided* (exit code 3). Every client stays within the bounds of the scenario: one loss for
each connection, one retransmission, and so on. Of ${proved()} verdicts below that are proved for every number, ${leadsTo()} are
leads-to properties.

## The method

**A view.** Take any world: a listener, and N connections beside it. Look at the listener and at one connection, and forget the
others. What is left is a *view* of size 1. A world of a million connections has a million views, but the views of all worlds
of all sizes together are finitely many, because a listener and a connection have finitely many states.

**What the others do.** A connection that is not in the view matters only by what it does to the listener. So the set of views
is found without knowing N:

1. Each view of the initial world is in the set.
2. If a view is in the set, so is every view that it becomes when its own connection takes a step.
3. If all take a step at once (time passes, \`accept()\`), the view takes it, too.
4. If some view of the set has a step that moves the listener from L to L′, then every other view beside L has one beside L′:
   the connection that moved the listener is one of those that are not seen.

When nothing new appears, the set holds every view of every reachable world of every size. The proof is an induction over the
length of a run: the views of the world before the step are in the set, and points 2 to 4 put those after it there. This is
*view abstraction* (P. A. Abdulla, F. Haziza, L. Holík, *All for the price of few*, VMCAI 2013; *Parameterized verification
through view abstraction*, STTT 2016); size 1 is thread-modular reasoning. A property that reads the listener and one connection
is then asked of every view. If none breaks it, it holds for every number of clients.

**Alarms.** The set may hold views that no world shows, because point 4 also combines what cannot be there at the same time. A
view that breaks a property is an alarm, not a verdict: worlds with 1, 2, 3 … clients are searched until one shows it, up to
six clients or ten million states. What no world shows is *not decided*.

**Sums.** Left alone, point 4 lets a second connection release the only request there is. So numbers of the listener that are
sums over the connections are found first: every number in the shared state, and every difference of two, is tried. What a
connection adds to it is 0 in the beginning and changes along each step by as much as the number does; if two ways into one
state of a connection say different things, the number is no sum. The requests, the young ones among them, and the old ones are
found in this way. Then two views fit together beside a listener only if what they add is no more than the listener has, and
point 4 is kept to those that fit. A rule that calls a combination *impossible* must never be met in any view: it is an
obligation of the proof, not a step that is blocked.

**Properties over all connections.** That the queue's length is the number of requests (Q4) reads all connections at once. Such
an invariant says which sums it consists of, and each is proved by its differences: every step of a view changes both sides
alike.

**Many.** Where TIME_WAIT lets a SYN past a full SYN queue, the number of requests grows with the number of clients. It is then
counted 0, 1, 2 … *many*. That larger numbers do what *many* does is tried, whenever a rule is run on it, on the sixteen next
larger ones and on those 30, 300, 5,000 and 100,000 larger: this one step is a test, where all others are proofs. A property
that reads a number which only says *many* is not decided.

**Views of size 2.** Where an alarm of size 1 is shown by no world, two connections are kept beside the listener, and a third
may move it only where it is seen beside both. This is tried where the pairs are few enough (some four million bits).

## Leads-to

A fair run of a world shows, through one connection, a run of views. If no run of the views stays for ever where the promise is
still open and is fair to that connection, no fair run of any world does. Fairness to the connection's own rules can be read off
the views. That *time goes on*, whatever the others do, is proved separately, by three checks on all views: the listener never
blocks time; a connection that blocks it has a step of its own that is promised; and without time no connection can go round in
a circle. The same is asked of \`accept()\` where nothing blocks it.

## With every larger number

What a world with N clients shows, larger worlds show as well if a further client may stay as it begins: no step that all take
at once changes it, and, for leads-to, no fairness makes it move. This is checked; where it fails (clients whose SYN is already
in flight), only N is said. That something is reached with some number is never proved by views, only by a world that shows it;
that it is reached with none is proved.

## What is not said

* Which property is not decided, and why, is in the last column and in the output.
* Dead ends are searched for in bounded worlds only.
* A property over all connections that is not given as sums is not proved.
* \`rfc9293\` bounds no queue: the accept queue grows with the number of clients, and nothing is proved there.
* A system that tells its groups apart by their index is refused.

## For other systems

\`checkForEvery(familyOf(system), () => properties)\` from \`halfopen/checker\` does the same for any system whose groups are
interchangeable; \`checker/examples/\` has readers and writers, and a lock. The tests hold the set of views
against every reachable world of random systems with one to four groups, and of every scenario.

## Verdicts

A number in brackets is the smallest number of clients with which it is so; + says that it is so with every larger number, too.

${table()}`
