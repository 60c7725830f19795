import type { Finding } from '../../model/finding.js'
import type { RunnableMigration, RunnableStatement } from '../../model/plan.js'
import type { Span } from '../../model/position.js'
import { supabaseNameOf } from '../../model/supabase.js'
import { lex } from '../../sql/lex.js'
import { place } from '../../sql/place.js'
import { type Semantics, semanticsOf } from './semantics.js'

/**
 * What a Supabase CLI of a version would not apply as the rehearsal shows it: what it passes over, what it knows nothing of,
 * and what fails in the way that it sends a file. Found before anything is sent.
 *
 * @param oldest the pending file that no other file of the folder sorts before, by name
 */
export function findUnsupported(
  migrations: readonly RunnableMigration[],
  version: string,
  oldest: string | undefined,
): Finding[] {
  return migrations.flatMap((migration) => [
    ...refuseName(migration, oldest),
    ...refuseForm(migration, version),
    ...refuseStatements(migration, version),
  ])
}

function refuseName({ file }: RunnableMigration, oldest: string | undefined): Finding[] {
  const tell = (message: string, help: string) => [finding('supabase-cli-name', file.path, message, help)]
  if (supabaseNameOf(file.name) === undefined || file.name.includes('/'))
    return tell(
      `The Supabase CLI passes over ${file.name}: it applies only files whose name is digits, _ and a name.`,
      'Rename it, for example 20260120103000_add_users.sql; or apply the folder without the CLI: format: sql.',
    )
  const [, timestamp] = /(\d{14})_init\.sql/.exec(file.name) ?? []
  if (file.name === oldest && timestamp !== undefined && timestamp < OLD_INIT)
    return tell(
      `The Supabase CLI passes over ${file.name}: the first file is taken for one of its own, from before 2021-12-09, when it is called so.`,
      'Replace init in its name by another word.',
    )
  return []
}

const OLD_INIT = '20211209000000'

/** What this tool does to a text before it is sent, the CLI does not. */
function refuseForm(
  { file, placeholders = [], statements = [], pieces = [] }: RunnableMigration,
  version: string,
): Finding[] {
  const tell = (span: Span, message: string, help: string): Finding => ({
    ...finding('supabase-cli-form', file.path, message, help),
    ...place(file, span),
  })
  const [placeholder] = placeholders
  const copy = statements.find(({ copyData }) => copyData !== undefined)
  const rest = file.text.slice(file.up.end).trim()
  return [
    ...(placeholder
      ? [tell(placeholder, `\${${placeholder.name}} is not filled in by the Supabase CLI.`, SQL_INSTEAD)]
      : []),
    ...(copy || pieces.some(({ script }) => script)
      ? [
          tell(
            copy?.span ?? START,
            `The Supabase CLI ${version} can not send lines of COPY or of psql.`,
            'Write INSERT statements. '.concat(SQL_INSTEAD),
          ),
        ]
      : []),
    ...(rest === ''
      ? []
      : [
          tell(
            { start: file.up.end, end: file.up.end + 1 },
            'The Supabase CLI would run the down section too.',
            'Move it into a file of its own, or delete it.',
          ),
        ]),
  ]
}

const START: Span = { start: 0, end: 0 }
const SQL_INSTEAD = 'Or apply the folder without the CLI: format: sql.'

function refuseStatements({ file, statements = [] }: RunnableMigration, version: string): Finding[] {
  const semantics = semanticsOf(version)
  const found: Finding[] = []
  const isInBlock = /^(?:begin|start)$/i.test(firstWord(file.text))
  statements.forEach((statement, index) => {
    const why = whyNot(statement, file.text.slice(statement.span.start, statement.span.end), {
      semantics,
      isFirst: index === 0,
      isInBlock,
    })
    if (why === undefined) return
    found.push({
      ...finding(
        'supabase-cli-statement',
        file.path,
        `The Supabase CLI ${version} can not apply this: ${why.why}.`,
        why.help,
      ),
      ...place(file, statement.span),
    })
  })
  return found.slice(0, MOST)
}

const MOST = 20

interface Sent {
  readonly semantics: Semantics
  readonly isFirst: boolean
  /** The file has a BEGIN of its own around it. */
  readonly isInBlock: boolean
}

function whyNot(
  { outside }: RunnableStatement,
  text: string,
  { semantics, isFirst, isInBlock }: Sent,
): { readonly why: string; readonly help: string } | undefined {
  if (outside !== undefined && semantics === 'pipeline' && !isFirst)
    return {
      why: `it sends a file in one piece, in which ${outside} can only be the first statement`,
      help: 'Use 2.115.0 or newer, or write it first in a file of its own.',
    }
  if (outside !== undefined && semantics === 'block' && !SPLIT_OUT.test(outside))
    return { why: `it sends ${outside} inside a transaction`, help: 'Use 2.115.0 or newer.' }
  if (semantics !== 'block' && !isInBlock && NEEDS_BLOCK.test(text) && !/\bwith\s+hold\b/i.test(text))
    return {
      why: `it opens no transaction block, which ${firstWord(text).toUpperCase()} needs (25P01)`,
      help: 'Write BEGIN; before the first statement of the file and COMMIT; after the last.',
    }
  return undefined
}

/** Those that releases from 2.110 to 2.114 send outside of their transaction. */
const SPLIT_OUT = /^(?:CREATE (?:UNIQUE )?INDEX|REINDEX|VACUUM)\b/i

const NEEDS_BLOCK = /^(?:lock|declare)\b/i

/** The first word that is no comment. */
function firstWord(text: string): string {
  for (const { kind, start, end } of lex(text)) {
    if (kind === 'word') return text.slice(start, end)
    if (kind === 'other' || kind === 'string') return ''
  }
  return ''
}

function finding(rule: string, file: string, message: string, help: string): Finding {
  return { rule, severity: 'error', file, message, help }
}
