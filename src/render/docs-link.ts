import { docsPage } from '../model/docs-page.js'
import { encodeUriPart } from './encode-uri.js'

/** The page and place that say what a rule is about. `docs/rules.md` has a heading or an anchor for each. */
export function docsLink(rule: string): string {
  return docsPage('rules', encodeUriPart(rule))
}
