import type { Redact } from '../model/config.js'
import type { Finding } from '../model/finding.js'
import type { Failure } from '../model/outcome.js'

/** A finding without secrets in what it quotes of the file: somebody may have written the URL's password into it. */
export function redactFinding(finding: Finding, redact: Redact): Finding {
  const { excerpt, message } = finding
  return {
    ...finding,
    message: redact(message),
    ...(excerpt === undefined ? {} : { excerpt: redact(excerpt) }),
  }
}

/** The same for what the database refused; the server's own words are redacted where they are read. */
export function redactFailed<T extends { readonly failure?: Failure }>(one: T, redact: Redact): T {
  const excerpt = one.failure?.excerpt
  return excerpt === undefined ? one : { ...one, failure: { ...one.failure, excerpt: redact(excerpt) } }
}
