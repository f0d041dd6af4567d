/** Models with one wrong outcome, and the question whether a property notices. */
import { check } from '../../checker/index.ts'
import {
  type Client,
  type Model,
  modelOf,
  type Request,
  type Segment,
  type Server,
  type Socket,
  seq,
  type Tcb,
} from '../../model/index.ts'
import { propertyNamed } from '../families/index.ts'
import { type Overrides, settingOf } from '../scenario.ts'
import { scenarios } from '../scenarios/index.ts'

type Rule = Model['rules'][number]
type Outcome = ReturnType<Rule['links'][number]['step']>[number]
type Change = (o: Outcome, was: never, label: { readonly segment?: Segment }, rule: string) => Outcome
export type Wrong = (model: Model) => Model

/** The model with the outcomes of one part changed. */
export const at =
  (part: string, change: Change): Wrong =>
  (model) => ({
    ...model,
    rules: model.rules.map((rule) => ({
      ...rule,
      links: rule.links.map((link) => ({
        ...link,
        step: (state: never, label: { segment?: Segment }) =>
          link
            .step(state, label, 0)
            .map((o) => (link.part !== part || o.impossible ? o : change(o, state, label ?? {}, rule.name))),
      })),
    })),
  })

export const without = (...names: string[]): Wrong => {
  const change: Change = (o) => ({ ...o, effects: (o.effects ?? []).filter((e) => !names.some((n) => e.includes(n))) })
  return (model) => at('client', change)(at('server', change)(model))
}

export const tcb = (state: Tcb['state']): Tcb => ({
  state,
  snd: { una: seq(501), nxt: seq(501), end: seq(501), fin: false },
  rcv: { nxt: seq(101), unread: 0, held: [] },
})

export const onRequest = (change: (r: Request, was: Server, o: Outcome, rule: string) => Outcome): Wrong =>
  at('server', (o, was, _, rule) =>
    o.state.object.kind === 'request' ? change(o.state.object, was as Server, o, rule) : o,
  )
export const withObject = (o: Outcome, object: unknown): Outcome => ({ ...o, state: { ...o.state, object } })

/** A server's TCB that a segment reached, after it. */
export const onServerTcb = (when: (s: Segment, was: Tcb) => boolean, change: (t: Tcb) => Tcb): Wrong =>
  at('server', (o, was, { segment }) => {
    const before = (was as Server).object
    const after = (o.state as Server).object
    if (segment === undefined || o.effects === undefined || before.kind !== 'child' || after.kind !== 'child') return o
    if (!('snd' in before.socket) || !('snd' in after.socket) || !when(segment, before.socket)) return o
    return withObject(o, { ...after, socket: change(after.socket) })
  })
export const readsOneMore = (t: Tcb): Tcb => ({ ...t, rcv: { ...t.rcv, unread: t.rcv.unread + 1 } })

export const onClient = (change: (socket: Socket, was: Socket, o: Outcome, rule: string) => Socket): Wrong =>
  at('client', (o, was, _, rule) => {
    const socket = change((o.state as Client).socket, (was as Client).socket, o, rule)
    return { ...o, state: { ...o.state, socket } }
  })

/** Room for one more than there is. */
export const generous: Wrong = (model) => ({
  ...model,
  rules: model.rules.map((rule) => ({
    ...rule,
    links: rule.links.map((link) => ({
      ...link,
      step: (l, label) =>
        link.part !== 'listener'
          ? link.step(l, label, 0)
          : link
              .step({ ...l, backlog: l.backlog + 1 }, label, 0)
              .map((o) => (o.impossible ? o : { ...o, state: { ...o.state, backlog: l.backlog } })),
    })),
  })),
})

export const acceptsFromEmpty: Wrong = (model) => ({
  ...model,
  synchronous: model.synchronous.map((r) => (r.name === 'accept' ? { ...r, shared: { listener: (l) => l } } : r)),
})

/** Its timer starts over at its present length, and the listener is not asked. */
export const neverExpires = at('server', (o, was, _, rule) => {
  const { object } = was as Server
  if (rule !== 'server timer' || object.kind !== 'request') return o
  if (o.effects === undefined) return { ...o, label: { question: { ask: 'nothing' } } }
  return withObject(o, { ...object, timer: { left: 1, n: object.timer.n } })
})

/** A scenario at bounds. */
export type Where = readonly [scenario: string, bounds: Overrides]

/** What is wrong with a model, and the property that notices. */
export type WrongRow = readonly [property: string, where: Where, what: string, wrong: Wrong]

/** What a property says there, of the right model and of a wrong one. */
export const verdictsOf = (id: string, [name, bounds]: Where, wrong: Wrong) => {
  const setting = settingOf(scenarios.find((s) => s.name === name)!, bounds)
  const question = [propertyNamed(id)!.ask(setting)]
  const verdict = (model: Model) =>
    check(model, question, { engine: 'explicit', stopAtFirstViolation: true, maxSeconds: 20 }).findings[0]!.verdict
  return [verdict(modelOf(setting)), verdict(wrong(modelOf(setting)))]
}
