import { encodeUriPart } from './encode-uri.js'

/** Where this tool lives. */
export const REPOSITORY_URL = 'https://github.com/org/devflow-migrate'

/** The page and place that say what a rule is about. `docs/rules.md` has a heading or an anchor for each. */
export function docsLink(rule: string): string {
  return `${REPOSITORY_URL}/blob/main/docs/rules.md#${encodeUriPart(rule)}`
}
