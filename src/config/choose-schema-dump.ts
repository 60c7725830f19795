import { resolve } from 'node:path'
import type { Config } from '../model/config.js'
import type { EnvironmentSettings } from './choose-environment.js'
import { given } from './given.js'
import { isInside } from './is-inside.js'
import { showValue } from './show-value.js'
import type { Chosen, Sources } from './sources.js'

/**
 * The file that the schema is written to after `migrate`: the input, else the environment's `schema-dump`, else that of all.
 * It lies in the workspace, and not among the migrations; on the command line a flag may name any place.
 */
export function chooseSchemaDump(
  settings: EnvironmentSettings,
  sources: Sources,
  directory: string,
): Pick<Config, 'schemaDump'> {
  if (sources.command !== 'migrate') return {}
  const byInput = given(sources.inputs, 'schema-dump')
  const named = byInput ?? fromFile(settings, sources)
  if (named === undefined) return {}
  const { inputs, folder, ledger } = sources
  const path = resolve(folder, named.value)
  const within = inputs.boundary ?? (byInput === undefined ? folder : undefined)
  ledger.provenance.push({ name: 'schema-dump', value: named.value, source: named.source })
  const where = wrongPlace(path, within, directory)
  if (where !== undefined)
    ledger.problems.push({
      message: `schema-dump is ${showValue(named.value)} (from ${named.source}), ${where}.`,
      help: 'Name a file elsewhere, such as schema.sql.',
    })
  return { schemaDump: { path, ...(within === undefined ? {} : { within }) } }
}

function fromFile(settings: EnvironmentSettings, { file }: Sources): Chosen<string> | undefined {
  const value = settings['schema-dump'] ?? file?.document.database?.['schema-dump']
  return value === undefined || file === undefined ? undefined : { value, source: file.name }
}

function wrongPlace(path: string, within: string | undefined, directory: string): string | undefined {
  if (within !== undefined && (!isInside(within, path) || path === within)) return 'outside the workspace'
  return isInside(directory, path) ? 'in the migrations folder' : undefined
}
