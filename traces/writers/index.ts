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
export { type TraceFormat, traceFormats, traceTo, type Written, type WrittenOf } from './export.ts'
export { clientState, type Fact, factsOf, serverState } from './facts.ts'
export { type FieldName, fieldNames, fields, type Seen } from './fields.ts'
export { type Flight, flightsOf } from './flights.ts'
export { type Late, lateEnd, lateOrigin, markOf } from './late.ts'
export { mermaid } from './mermaid.ts'
export { escaped, type Palette, print, type SequenceWords, sequenceSvg } from './sequence-svg.ts'
export { type GraphFormat, graphFormats, graphTo, type WrittenGraph } from './state-graph.ts'
export { type TappedPacket, tapped } from './taps.ts'
export { lastWorld, type Trace, type TraceStep, traceOf } from './trace.ts'
