import type { Config, Environment } from '../model/config.js'
import type { RehearsalPlace } from '../model/measured.js'

/** Class production, or applied only with an approval. */
export function isProtected({ class: kind, requireApproval }: Environment): boolean {
  return kind === 'production' || requireApproval
}

/**
 * Where pending files are tried. `auto` takes no lock where the environment is protected; the target there is for those
 * who ask for it in words.
 */
export function choosePlace({
  rehearse,
  environment,
}: Pick<Config, 'rehearse' | 'environment'>): RehearsalPlace['kind'] | 'off' {
  if (rehearse !== 'auto') return rehearse
  return isProtected(environment) ? 'shadow' : 'target'
}
