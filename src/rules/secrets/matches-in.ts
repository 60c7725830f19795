/** A match of an expression, and where it is in the whole text. */
export interface Found {
  readonly match: RegExpExecArray
  readonly start: number
}

/** Characters that are looked at before there is a pause: some milliseconds. */
export const PIECE = 256 * 1024

/** Characters around a piece that are looked at with it: no match is longer, but for one that is found to be. */
const LONGEST = 32 * 1024
const BEFORE = 1024

/**
 * What `matchAll` finds, in order. A text that is large is looked at piece by piece, with a pause behind each, for which
 * nothing is yielded.
 *
 * @param form global; looks behind itself no farther than a thousand characters
 */
export function* matchesIn(text: string, form: RegExp): Generator<Found | undefined> {
  if (text.length <= PIECE) {
    for (const match of text.matchAll(form)) yield { match, start: match.index }
    return
  }
  const own = new RegExp(form)
  for (let from = 0, start = 0; start < text.length; start += PIECE) {
    for (const found of inPiece(text, own, Math.max(from, start), start + PIECE)) {
      yield found
      from = found.start + found.match[0].length
    }
    yield
  }
}

/** Those that begin in a piece. */
function* inPiece(text: string, form: RegExp, from: number, end: number): Generator<Found> {
  const begin = Math.max(0, from - BEFORE)
  let limit = end + LONGEST
  let piece = text.slice(begin, limit)
  for (let at = from - begin; begin + at < end; ) {
    form.lastIndex = at
    const match = form.exec(piece)
    if (!match || begin + match.index >= end) return
    const next = match.index + Math.max(1, match[0].length)
    if (next >= piece.length && limit < text.length) {
      // It may go on.
      limit = begin + match.index + 2 * (limit - begin - match.index)
      piece = text.slice(begin, limit)
    } else {
      yield { match, start: begin + match.index }
      at = next
    }
  }
}

/** Whether an expression that is not global matches anywhere. A pause behind each piece of a large text. */
export function* isIn(text: string, form: RegExp): Generator<undefined, boolean> {
  if (text.length <= PIECE) return form.test(text)
  for (let start = 0; start < text.length; start += PIECE) {
    if (form.test(text.slice(Math.max(0, start - BEFORE), start + PIECE))) return true
    yield
  }
  return false
}
