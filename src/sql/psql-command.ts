import type { Span } from '../model/position.js'
import { lex, type Piece } from './lex.js'

/** A meta-command as written, without what it is given, at most 40 characters: `\set`. */
export function commandName(text: string, { start }: Pick<Span, 'start'>): string {
  return /^\\(?:[A-Za-z_]+|.?)/su.exec(text.slice(start, start + 40))?.[0] ?? '\\'
}

/** `\restrict` and `\unrestrict` guard psql against what pg_dump writes; here no command of psql is carried out anyway. */
export function isHarmlessCommand(text: string, { start, end }: Span): boolean {
  return /^\\(?:un)?restrict[ \t]+\S+\s*$/.test(text.slice(start, Math.min(end, start + 1_000)))
}

/** What to write in place of a meta-command of psql. */
export function explainCommand(name: string): string {
  const found = HELP.find(([names]) => names.includes(name))
  return found?.[1] ?? 'Remove it, and write in SQL what it does.'
}

const HELP: readonly (readonly [readonly string[], string])[] = [
  [
    ['\\i', '\\ir', '\\include', '\\include_relative'],
    'Put the SQL of that file here, or make it a migration.',
  ],
  [['\\c', '\\connect'], 'Remove it: a migration runs in the database that the URL names.'],
  [
    ['\\set', '\\unset', '\\gset', '\\prompt', '\\getenv'],
    `Write the value itself, or \${NAME} with \`-- devflow:substitute=NAME\` at the top of the file, which takes it from the environment.`,
  ],
  [['\\copy'], 'Write COPY … FROM STDIN; with its rows on the lines below, and a line \\. after them.'],
  [['\\.'], 'Remove it: it ends the rows of COPY … FROM STDIN, and none comes before it.'],
  [['\\!', '\\cd', '\\setenv'], 'Remove it: a migration does nothing on the machine it is started from.'],
  [['\\echo', '\\qecho', '\\warn'], "Remove it, or write DO $$ BEGIN RAISE NOTICE '…'; END $$;"],
  [['\\if', '\\elif', '\\else', '\\endif'], 'Write DO $$ BEGIN IF … THEN … END IF; END $$;'],
  [['\\g', '\\gx', '\\gdesc', '\\crosstabview'], 'End the statement with a semicolon.'],
  [['\\gexec'], 'Write DO $$ … EXECUTE … $$; or the statements themselves.'],
  [
    ['\\restrict', '\\unrestrict'],
    'Write it as pg_dump does: alone on a line between two statements, with its token.',
  ],
]

/** Help for a syntax error where a variable at it, or one of psql before it, is what the server stumbles over. */
export function explainSyntaxError(text: string, offset: number): string | undefined {
  const placeholder = /^\$\{([A-Za-z_]\w*)\}/.exec(text.slice(offset, offset + 250))?.[1]
  if (placeholder !== undefined)
    return `To have \${${placeholder}} filled in from the environment, put a line \`-- devflow:substitute=${placeholder}\` at the top of the file; \`${placeholder}:identifier\` where it is a name.`
  const cut = text[offset - 1] === '$' && /^\{[A-Za-z_]\w*\}/.exec(text.slice(offset, offset + 250))?.[0]
  if (cut) return `Put a space before $${cut}: what it touches takes the dollar sign for its own.`
  const word = findVariable(text.slice(0, offset + 40), offset)
  return word === undefined ? undefined : explainVariable(word)
}

/** A variable's value comes from the environment, as a literal or as a name. */
function explainVariable(word: string): string {
  const name = word.replace(/\W/g, '').toUpperCase()
  const declared = word.startsWith(':"') ? `${name}:identifier` : name
  return `${word} is a variable of psql, which nothing fills in here. Write \${${name}} in its place and, at the top of the file, \`-- devflow:substitute=${declared}\`: the value then comes from the environment, in quotes.`
}

function findVariable(text: string, last: number): string | undefined {
  let before: Piece | undefined
  for (const piece of lex(text)) {
    if (piece.start > last) break
    const word = variableAt(text, piece, before)
    if (word !== undefined) return word
    before = piece
  }
  return undefined
}

// A slice of an array (`a[lower:upper]`) is written the same and is SQL.
function variableAt(text: string, { kind, start }: Piece, before: Piece | undefined): string | undefined {
  if (kind !== 'other' || text[start] !== ':') return undefined
  if (before?.kind === 'other' && text[before.start] === ':') return undefined
  const word = /^:(?:'\w+'|"\w+"|[A-Za-z_]\w*)/.exec(text.slice(start, start + 40))?.[0]
  return word === undefined || isInBrackets(text, start) ? undefined : word
}

function isInBrackets(text: string, start: number): boolean {
  const line = text.slice(Math.max(0, start - 200), start)
  return line.lastIndexOf('[') > line.lastIndexOf(']')
}
