import { blank } from './blank.js'
import { atomicFragments } from './bodies/atomic-fragments.js'
import { type BodyStatement, unreadBody } from './bodies/body-statement.js'
import { findBody } from './bodies/find-body.js'
import { type PlacedFragment, placeFragments } from './bodies/place-fragments.js'
import { plpgsqlFragments } from './bodies/plpgsql-fragments.js'
import { type Reading, readFragments, readText } from './bodies/read-fragments.js'
import { fileSource, pinnedSource, type Source } from './bodies/source.js'
import { findComments } from './find-comments.js'
import type { Parser, Statement } from './open-parser.js'

type Holder = Pick<Statement, 'node' | 'tree' | 'span'>

/**
 * What DO blocks and the bodies of functions hold: statements and expressions of PL/pgSQL and SQL, those in loops,
 * branches and handlers too, and what EXECUTE runs where its text is a constant; bodies in bodies as well. In the order
 * of the text. Nothing for other kinds of statements. Never throws for anything in the text.
 *
 * @param text of the file, which the statement's span is of
 */
export function* readBodies(parser: Parser, text: string, statement: Holder): Generator<BodyStatement> {
  if (statement.node !== 'DoStmt' && statement.node !== 'CreateFunctionStmt') return
  try {
    yield* readHolder(parser, fileSource(text), statement, 'do', 1)
  } catch (error) {
    // Trees are walked by recursion, and one can be too deep for that.
    if (!(error instanceof RangeError)) throw error
    yield unreadBody(statement.span, withinOf(statement, 'do'), { language: 'plpgsql', reason: TOO_DEEP })
  }
}

const TOO_DEEP = 'it is nested too deep'

/** Bodies in bodies. */
const DEEPEST = 8

function withinOf({ node }: Holder, outer: BodyStatement['within']): BodyStatement['within'] {
  return node === 'DoStmt' ? outer : 'function'
}

function* readHolder(
  parser: Parser,
  source: Source,
  holder: Holder,
  outer: BodyStatement['within'],
  depth: number,
): Generator<BodyStatement> {
  const within = withinOf(holder, outer)
  const whole = source.spanOf(holder.span)
  const { language, quoted, isStandard } = findBody(source, holder)
  const reading: Reading = {
    parser,
    within,
    language,
    inner: (inside, statement) => readHolder(parser, inside, statement, within, depth + 1),
  }
  const body = quoted && (quoted.source ?? pinnedSource(quoted.text, whole))
  if (depth > DEEPEST) yield unreadBody(whole, within, { language, reason: TOO_DEEP })
  else if (isStandard) yield* readFragments(reading, source, atomicFragments(source.text, holder.span), whole)
  else if (body && language === 'sql') yield* readText(reading, body, whole)
  else if (body && language === 'plpgsql') yield* readPlpgsql(reading, source, holder, body)
  else yield unreadBody(whole, within, { language })
}

function* readPlpgsql(
  reading: Reading,
  source: Source,
  { span }: Holder,
  body: Source,
): Generator<BodyStatement> {
  // Without a catalog the parser refuses fields of a variable of `%ROWTYPE`; those of a composite type it takes on trust.
  const text = source.text
    .slice(span.start, span.end)
    .replace(/%\s*rowtype\b/gi, (type) => ' '.repeat(type.length))
  const parsed = reading.parser.parsePlpgsql(text)
  const whole = source.spanOf(span)
  if ('reason' in parsed)
    yield unreadBody(whole, reading.within, { language: 'plpgsql', reason: parsed.reason })
  else {
    // Of the same length, so a place in one is a place in the other.
    const read = parsed.isBlanked ? blank(body.text, [], [...findComments(body.text)]) : body.text
    const fragments = plpgsqlFragments(parsed.tree).flatMap((list) => placeFragments(read, list))
    yield* readFragments(reading, body, fragments.filter(isTelling), whole)
  }
}

/** Nothing happens in an expression without a call or a query, which have parentheses. */
function isTelling({ kind, query }: PlacedFragment): boolean {
  return (kind !== 'expression' && kind !== 'assignment') || query.includes('(')
}
