import { isImpossible, type Link, type Rule, type State } from '../system.ts'
import { IntList } from './int-list.ts'
import { StateInterner } from './intern.ts'
import { PairMap } from './pair-map.ts'
import { placed, runPurely } from './purity.ts'
import { readsGroup } from './reads-group.ts'

/** Runs every link at most once per distinct (part, label, group) and remembers the outcomes as numbers. */
export class LinkRunner {
  /** How often a function of the system was really run. */
  runs = 0
  readonly labels = new StateInterner()
  /** Lists of effects, by number; 0 is the empty list. */
  readonly effects = new StateInterner()
  readonly shared = new Map<string, StateInterner>()
  readonly group = new Map<string, StateInterner>()
  /** Runs one after another: how many outcomes (-1: declared impossible), then state, label and effects of each. */
  readonly outcomes = new IntList()
  readonly #memos = new Map<Link, LinkMemo[]>()
  readonly #joined = new PairMap()
  readonly #rules: readonly Rule[]

  /** @param rules what the links belong to, to name them where they are wrong */
  constructor(rules: readonly Rule[] = []) {
    this.#rules = rules
    this.labels.intern(undefined)
    this.effects.intern([])
  }

  /** The numbered states of a part; group parts of the same name share numbers over all kinds. */
  part(name: string, shared: boolean): StateInterner {
    const table = shared ? this.shared : this.group
    let interner = table.get(name)
    if (interner === undefined) {
      interner = new StateInterner()
      table.set(name, interner)
    }
    return interner
  }

  /** The memory of a link; one per group where its function reads the group. */
  memo(link: Link, group: number): LinkMemo {
    const memos = this.#memos.get(link) ?? []
    this.#memos.set(link, memos)
    const slot = usesGroup(link) ? group : 0
    memos[slot] ??= new LinkMemo(link, group, this)
    return memos[slot]
  }

  /** Runs the function itself; gives the place in `outcomes`. */
  reallyRun(link: Link, state: number, label: number, group: number): number {
    this.runs++
    const interner = this.part(link.part, link.shared === true)
    const ruleOf = () => this.#ruleOf(link)
    const found = runPurely(link, interner.states[state], this.labels.states[label], group, ruleOf, readsGroup(link))
    const { outcomes } = this
    const at = outcomes.length
    if (isImpossible(found)) {
      outcomes.push(-1)
      return at
    }
    outcomes.push(found.length)
    const about = () => `rule ${ruleOf()}, part ${link.part}`
    placed(about, () => {
      for (const outcome of found) {
        outcomes.push(interner.intern(outcome.state))
        outcomes.push(this.labels.intern(outcome.label))
        outcomes.push(this.effects.intern(outcome.effects ?? []))
      }
    })
    return at
  }

  readonly #ruleOf = (link: Link): string => this.#rules.find(({ links }) => links.includes(link))?.name ?? '?'

  /** The number of the effects `a` followed by the effects `b`. */
  join(a: number, b: number): number {
    if (a === 0 || b === 0) return a + b
    const known = this.#joined.get(a, b)
    if (known >= 0) return known
    const joined = this.effects.intern([...this.effects.states[a], ...this.effects.states[b]] as State)
    this.#joined.add(a, b, joined)
    return joined
  }
}

/** Whether a link wants to know which group it runs for. */
export const usesGroup = (link: Link): boolean => readsGroup(link)

/** What one link has answered, by label and state. */
export class LinkMemo {
  readonly #link: Link
  readonly #group: number
  readonly #runner: LinkRunner
  readonly #known = new PairMap()

  constructor(link: Link, group: number, runner: LinkRunner) {
    this.#link = link
    this.#group = group
    this.#runner = runner
  }

  /** Where the outcomes are in the runner's `outcomes`. */
  run(state: number, label: number): number {
    const known = this.#known.get(label, state)
    if (known >= 0) return known
    const at = this.#runner.reallyRun(this.#link, state, label, this.#group)
    this.#known.add(label, state, at)
    return at
  }
}
