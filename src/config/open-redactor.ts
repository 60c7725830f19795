import type { Redact } from '../model/config.js'
import { makeRedact, spellSecret } from './secrets.js'

/** Replaces secrets, also those that are found out later: whoever holds `redact` need not be told. */
export interface Redactor {
  readonly redact: Redact
  /**
   * From here on these are replaced too, in every spelling they may be met in. Short ones are left out, as with
   * `makeRedact`.
   *
   * @returns the spellings
   */
  readonly hide: (secrets: readonly string[]) => readonly string[]
}

/** Each has some twenty spellings, and every text that is printed is searched for all of them. */
const MOST = 2_000

/** @param known spellings of the secrets that are known from the start */
export function openRedactor(known: readonly string[]): Redactor {
  const spellings = new Set(known)
  let hidden = 0
  let redact = makeRedact(known)
  return {
    redact: (text) => redact(text),
    hide(secrets) {
      const fresh = secrets.slice(0, MOST - hidden).flatMap(spellSecret)
      hidden += Math.min(secrets.length, MOST - hidden)
      if (fresh.every((spelling) => spellings.has(spelling))) return fresh
      for (const spelling of fresh) spellings.add(spelling)
      redact = makeRedact([...spellings])
      return fresh
    },
  }
}
