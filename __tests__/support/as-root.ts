import { it } from '@jest/globals'

const isRoot = process.getuid?.() === 0

/** A test of what only root does. Skipped for everybody else: no program that could be installed is missing. */
export const asRoot = isRoot ? it : it.skip

/** A test of what is denied to everybody but root. */
export const asUser = isRoot ? it.skip : it
