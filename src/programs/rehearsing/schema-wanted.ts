import { sessionSettings } from '../../database/session-settings.js'
import type { SchemaSource } from '../../database/shadows/schema/schema-source.js'
import { throwWhenLost } from '../connecting/throw-when-lost.js'
import type { Way } from '../way.js'
import { prepareApplied } from './prepare-applied.js'

/** What a shadow of this major is asked for: the schema of the run's target, else what was applied to it, done again. */
export function schemaWanted(run: Way, major: number): SchemaSource {
  const { config, known, door, session, signal } = run
  return {
    target: known.target,
    url: door.url,
    access: config,
    session: throwWhenLost(session),
    applied: () => prepareApplied(run),
    ...(config.prelude === undefined ? {} : { prelude: config.prelude }),
    settings: sessionSettings(config, { serverMajor: major, windows: false }),
    signal,
  }
}
