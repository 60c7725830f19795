import type { Pause } from '../../model/pause.js'
import type { Span } from '../../model/position.js'
import { type FoundSecret, MOST_SECRETS } from '../../model/secret.js'
import { byForm, type Formed } from './by-form.js'
import { findInSql } from './find-in-sql.js'
import { findTokens, type TokenFound } from './token-formats.js'
import { isFilledIn } from './weigh-value.js'

/**
 * Finds what nobody should be able to read in the text of SQL files: by the place in SQL, by a form of its own, by the
 * token formats of well-known services. Comments and the rows of COPY are looked at too. Needs no text that the parser
 * accepts, and never throws for one.
 *
 * @param pause it may take seconds
 * @returns for each text what is in it, in order, no two overlapping
 */
export async function findSecrets(
  texts: readonly string[],
  pause: Pause = () => undefined,
): Promise<FoundSecret[][]> {
  if (texts.length === 0) return []
  const tokens = await findTokens(texts, pause)
  const found: FoundSecret[][] = []
  for (const [index, text] of texts.entries()) {
    const work = inOne(text, tokens[index] ?? [])
    for (let step = work.next(); ; step = work.next()) {
      const waiting = pause()
      if (waiting) await waiting
      if (!step.done) continue
      found.push(step.value)
      break
    }
  }
  return found
}

/** What is certain by its place comes first, then what tells of itself: of two that overlap the first counts. */
function* inOne(text: string, tokens: readonly TokenFound[]): Generator<undefined, FoundSecret[]> {
  const kept: FoundSecret[] = []
  for (const secret of allOf(text, tokens)) {
    if (kept.length === MOST_SECRETS) break
    if (!secret) yield
    else if (!kept.some((each) => overlap(each.span, secret.span))) kept.push(secret)
  }
  return kept.sort((a, b) => a.span.start - b.span.start)
}

function* allOf(text: string, tokens: readonly TokenFound[]): Generator<FoundSecret | undefined> {
  yield* findInSql(text)
  for (const formed of byForm(text)) yield formed && asFound(text, formed)
  for (const { start, end, what } of tokens) {
    const value = text.slice(start, end)
    if (!isFilledIn(value)) yield { span: { start, end }, what, kind: 'secret', value, isLiteral: false }
  }
}

function asFound(text: string, { start, end, what, kind }: Formed): FoundSecret {
  return { span: { start, end }, what, kind, value: text.slice(start, end), isLiteral: false }
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end
}
