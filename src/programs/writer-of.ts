import type { Writer } from '../database/make-bookkeeping.js'
import type { Config } from '../model/config.js'

/** Who a run is, for the history it writes. */
export function writerOf(config: Pick<Config, 'run' | 'environment'>): Writer {
  return { ...config.run, environment: config.environment.name }
}
