import type { Config } from '../model/config.js'
import type { ChosenEnvironment } from './choose-environment.js'
import { chooseHealth } from './choose-health.js'
import { chooseNotifications } from './choose-notifications.js'
import { chooseSchemaDump } from './choose-schema-dump.js'
import type { Sources } from './sources.js'

/** What is done around a run, where it is configured: health checks, who is told, the schema as a file. */
export function chooseAround(
  chosen: ChosenEnvironment,
  sources: Sources,
  directory: string,
): Pick<Config, 'health' | 'notifications' | 'schemaDump'> {
  return {
    ...chooseHealth(chosen.settings, sources),
    ...chooseNotifications(chosen, sources),
    ...chooseSchemaDump(chosen.settings, sources, directory),
  }
}
