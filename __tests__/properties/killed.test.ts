import { commandLists, killedRun } from './arbitrary-commands.js'
import { describeFolderProperty } from './describe-folder-property.js'

describeFolderProperty(18, 0, 'is applied exactly once, whichever of the processes are killed', {
  few: { numRuns: 4, interruptAfterTimeLimit: 12_000 },
  lists: commandLists(12, [{ weight: 20, arbitrary: killedRun }]),
})
