import type { FileHandle } from 'node:fs/promises'
import type { Config } from '../model/config.js'
import { openRegularFile } from './open-regular-file.js'

/** The files that other programs read what was found from. */
export interface ResultFiles {
  /** Writes each that was asked for and closes it. Returns what went wrong, a sentence each. */
  readonly end: (render: ResultRenderers) => Promise<string[]>
}

/** What stands in each. */
export type ResultRenderers = Readonly<Record<'sarif' | 'junit' | 'plan', () => string | Promise<string>>>

/**
 * Opens them before anything is done, so that a path that can not be written stops the run rather than its report. What
 * an earlier run wrote is gone then, and is not taken for this one's.
 *
 * @throws UserError where one can not be written
 */
export async function openResultFiles(
  config: Pick<Config, 'sarifFile' | 'junitFile' | 'planFile' | 'command' | 'dryRun'>,
): Promise<ResultFiles> {
  const { sarifFile, junitFile, planFile } = config
  const files: (readonly [kind: keyof ResultRenderers, path: string, file: FileHandle])[] = []
  for (const [kind, path] of [
    ['sarif', sarifFile],
    ['junit', junitFile],
    ['plan', writesPlan(config) ? planFile : undefined],
  ] as const) {
    if (path !== undefined) files.push([kind, path, await openRegularFile(path, `${kind}-file`, 'anew')])
  }
  return {
    end: async (render) => {
      const problems: string[] = []
      for (const [kind, path, file] of files) {
        try {
          await file.writeFile(await render[kind]())
        } catch (error) {
          problems.push(`${path} was not written: ${error instanceof Error ? error.message : String(error)}`)
        } finally {
          await file.close().catch(() => {})
        }
      }
      return problems
    },
  }
}

/** What applies reads it. */
function writesPlan({ command, dryRun }: Pick<Config, 'command' | 'dryRun'>): boolean {
  return command === 'plan' || command === 'dry-run' || dryRun
}
