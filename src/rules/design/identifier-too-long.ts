import type { Span } from '../../model/position.js'
import { lex } from '../../sql/lex.js'
import { everywhere } from '../everywhere.js'
import type { Rule, Seen } from '../rule.js'

export const identifierTooLong: Rule = {
  id: 'identifier-too-long',
  group: 'design',
  title: 'A name of more than 63 bytes',
  why: 'PostgreSQL cuts names after 63 bytes and says so in a NOTICE only. What looks up the whole name in the catalog or in an error message does not find it, and two names that differ behind that are one.',
  instead: 'Choose a name of at most 63 bytes. Letters beyond ASCII take two to four.',
  levels: everywhere('warn'),
  examples: {
    bad: [`create table ${'very_long_'.repeat(7)}name (id bigint);`],
    good: [`create table ${'very_long_'.repeat(6)}it (id bigint);`],
  },
  inFunctions: true,
  *check(statement, context) {
    for (const { name, span, quoted } of longNames(statement, context.file.file.text)) {
      const kept = cutName(name)
      yield {
        message: `This name has ${Buffer.byteLength(name)} bytes; PostgreSQL keeps ${kept}.`,
        help: `Choose a name of at most ${LONGEST} bytes.`,
        span,
        fix: {
          title: 'Write what PostgreSQL makes of it',
          edits: [{ span, text: quoted ? `"${kept.replaceAll('"', '""')}"` : kept }],
        },
      }
    }
  },
}

/** `NAMEDATALEN` of any PostgreSQL that was not built with another one, less the NUL. */
const LONGEST = 63

/** Characters of a statement that are looked at: behind them there are only rows. */
const MOST = 100_000

interface LongName {
  readonly name: string
  readonly span: Span
  readonly quoted: boolean
}

function* longNames({ span }: Seen, text: string): Generator<LongName> {
  const end = Math.min(span.end, span.start + MOST)
  const looked = text.slice(span.start, end)
  // A character of UTF-16 takes at most three bytes.
  if (!/[^\s'(),;=]{22}|"[^"]{22}/.test(looked)) return
  let before = ''
  for (const { kind, start, end } of lex(looked)) {
    const piece = looked.slice(start, end)
    const isUnicode = before === '&'
    const name = nameIn(kind, piece)
    before = piece
    if (name === undefined || isUnicode || Buffer.byteLength(name) <= LONGEST) continue
    const place = { start: span.start + start, end: span.start + end }
    yield { name, span: place, quoted: kind === 'quoted-name' }
  }
}

function nameIn(kind: string, piece: string): string | undefined {
  if (kind === 'quoted-name') return piece.slice(1, -1).replaceAll('""', '"')
  return kind === 'word' && !/^\d/.test(piece) ? piece.toLowerCase() : undefined
}

/** Whole characters only, as the server cuts. */
function cutName(name: string): string {
  let kept = ''
  let bytes = 0
  for (const character of name) {
    bytes += Buffer.byteLength(character)
    if (bytes > LONGEST) break
    kept += character
  }
  return kept
}
