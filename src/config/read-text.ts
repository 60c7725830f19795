import { UserError } from '../model/user-error.js'
import { showValue } from './show-value.js'
import type { System } from './sources.js'

/**
 * The text of a file that somebody named, or undefined where there is none.
 * @param shown the path as people know it, for the message
 * @throws UserError where it is there and can't be read
 */
export async function readText(system: System, path: string, shown: string): Promise<string | undefined> {
  try {
    return await system.readFile(path)
  } catch (error) {
    if (error instanceof UserError) throw error
    const message = `The file ${showValue(shown)} can not be read (${codeOf(error)}).`
    throw new UserError([{ message, help: 'Check that it is a file, and its permissions.' }])
  }
}

function codeOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code
  return typeof code === 'string' ? code : 'unknown error'
}
