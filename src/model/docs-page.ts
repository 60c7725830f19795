/** Where this tool lives. */
export const REPOSITORY_URL = 'https://github.com/org/devflow-migrate'

/**
 * The address of a page of `docs/`, for messages: whoever reads them has the bundle, not this repository.
 *
 * @param place the anchor of one of its headings
 */
export function docsPage(page: string, place?: string): string {
  return `${REPOSITORY_URL}/blob/main/docs/${page}.md${place === undefined ? '' : `#${place}`}`
}
