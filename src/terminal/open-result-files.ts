import type { FileHandle } from 'node:fs/promises'
import type { Config } from '../model/config.js'
import { openRegularFile } from './open-regular-file.js'

/** The files that other programs read what was found from. */
export interface ResultFiles {
  /** Writes each that was asked for and closes it. Returns what went wrong, a sentence each. */
  readonly end: (render: Readonly<Record<ResultKind, () => string | Promise<string>>>) => Promise<string[]>
}

type ResultKind = 'sarif' | 'junit'

/**
 * Opens them before anything is done, so that a path that can not be written stops the run rather than its report. What
 * an earlier run wrote is gone then, and is not taken for this one's.
 *
 * @throws UserError where one can not be written
 */
export async function openResultFiles({
  sarifFile,
  junitFile,
}: Pick<Config, 'sarifFile' | 'junitFile'>): Promise<ResultFiles> {
  const files: (readonly [kind: ResultKind, path: string, file: FileHandle])[] = []
  for (const [kind, path] of [
    ['sarif', sarifFile],
    ['junit', junitFile],
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
