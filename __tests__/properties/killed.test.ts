import { commandLists, killedRun } from './arbitrary-commands.js'
import { describeFolderProperty } from './describe-folder-property.js'

describeFolderProperty(18, 0, 'is applied exactly once, whichever of the processes are killed', {
  few: { numRuns: 8, withinMs: 14_000 },
  happens: 'killed',
  lists: commandLists(12, [{ weight: 20, arbitrary: killedRun }]),
})
