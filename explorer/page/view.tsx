/** The view that the address names. */
import { BenchView } from './bench/bench.tsx'
import { GraphView } from './graph/graph.tsx'
import { LessonsView } from './lessons/lessons.tsx'
import { PropertiesView } from './properties/properties.tsx'
import { view } from './store.ts'
import { TraceView } from './trace/trace.tsx'

export const CurrentView = () => {
  switch (view.value) {
    case 'bench':
      return <BenchView />
    case 'graph':
      return <GraphView />
    case 'trace':
      return <TraceView />
    case 'properties':
      return <PropertiesView />
    case 'lessons':
      return <LessonsView />
  }
}
