import { scanScript } from './scan-script.js'
import { trimSpace } from './trim-space.js'

/**
 * A script as the Supabase CLI keeps it beside the version that it applied: the text of each statement with the comments
 * before it, without the semicolon. Lines of a COPY are no part of it.
 */
export function splitStatements(text: string): string[] {
  const statements: string[] = []
  let from = 0
  for (const item of scanScript(text)) {
    if (item.kind === 'statement')
      statements.push(
        trimSpace(
          text
            .slice(from, item.span.end)
            .replace(/;$/, '')
            .replace(/^[ \t-\r;]+/, ''),
        ),
      )
    from = item.next
  }
  return statements
}
