import { docsPage } from './docs-page.js'

/** How to look into a migration that is half done, and to say what became of it. */
export const HALF_DONE_PAGE = docsPage('database', 'a-file-that-stopped-in-the-middle')

/** What to do about a statement of which nothing shows whether it is done. */
export const SAY_WHAT_BECAME = `Then write into the row's journal whether it is done, or undone and to be run again: ${HALF_DONE_PAGE} says how.`

/** What to do about a migration that is half done and that no run can carry on. */
export function byHand(version: string): string {
  return `Look at what it did (${HALF_DONE_PAGE}). Finish it by hand, then record that with repair --applied ${version}; or undo it by hand, then repair --clear ${version}.`
}
