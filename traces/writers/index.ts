/**
 * Writers: a path through a world as other tools and people read it. `traceOf` takes the path again through the model; what
 * a step changed, and which segments moved, every drawing has from here.
 *
 * @example
 * const model = modelOf(settingOf(scenarioNamed('ghost-connection')!))
 * mermaid(traceOf(model, path))      // a sequence diagram
 *
 * Read next: `trace.ts`, `changes.ts`, `arrows.ts`.
 */
export { type Arrow, arrowsOf, arrowWidth, drawArrow } from './arrows.ts'
export { type Change, changesBetween, changeText } from './changes.ts'
export { clientState, type Fact, factsOf, serverState } from './facts.ts'
export { mermaid } from './mermaid.ts'
export { lastWorld, type Trace, type TraceStep, traceOf } from './trace.ts'
