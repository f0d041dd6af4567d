/** The bench: one world, stepped through by hand. */
import { words } from '../prefer.ts'
import { Aside } from './aside.tsx'
import { Command } from './command.tsx'
import { Compare } from './compare.tsx'
import { Controls } from './controls.tsx'
import { EventList } from './event-list.tsx'
import { GhostNote } from './ghost-note.tsx'
import { InFlight } from './in-flight.tsx'
import { Lifelines } from './lifelines.tsx'
import { Listings } from './listings.tsx'
import { Queues } from './queues.tsx'
import { StepTable } from './step-table.tsx'
import { WorldBar } from './world-bar.tsx'

export const BenchView = () => (
  <div class="bench">
    <h2 class="hidden">{words.value.views.bench}</h2>
    <WorldBar />
    <Compare />
    <div class="columns">
      <div class="stage">
        <Controls />
        <GhostNote />
        <Queues />
        <Lifelines />
        <InFlight />
        <StepTable />
      </div>
      <div class="side">
        <EventList />
        <Aside />
      </div>
    </div>
    <Listings />
    <Command />
  </div>
)
