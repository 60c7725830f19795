import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import { lex } from '../sql/lex.js'
import { isGap } from '../sql/lex-script.js'
import type { Statement } from '../sql/open-parser.js'
import { place } from '../sql/place.js'
import { commandName, explainCommand, isHarmlessCommand } from '../sql/psql-command.js'
import type { ScannedCommand, ScannedCopy, ScannedStatement } from '../sql/scan-script.js'

/** What psql would carry out itself and we do not, and COPY whose lines can not be told from SQL. */
export function refuseScript(file: MigrationFile, item: ScannedStatement | ScannedCommand): Finding[] {
  if (item.kind === 'psql-command') return refuseCommand(file, item)
  return item.copy ? refuseCopy(file, item, item.copy) : []
}

function refuseCommand(file: MigrationFile, { span, inside }: ScannedCommand): Finding[] {
  if (!inside && isHarmlessCommand(file.text, span)) return []
  const name = commandName(file.text, span)
  return [
    {
      rule: 'psql-command',
      severity: 'error',
      ...place(file, { start: span.start, end: span.start + name.length }),
      message: `${name} is a command of psql and no SQL.`,
      help: explainCommand(name),
    },
  ]
}

function refuseCopy(
  file: MigrationFile,
  { span }: ScannedStatement,
  { tail, closed }: ScannedCopy,
): Finding[] {
  const behind = firstToken(file.text.slice(tail.start, tail.end))
  const start = tail.start + (behind ?? 0)
  const findings: Finding[] = []
  if (behind !== undefined) findings.push(textBehind(file, start))
  if (!closed) findings.push(noEnd(file, span))
  return findings
}

/** A comment that goes on after the line is as wrong as a statement. */
function firstToken(tail: string): number | undefined {
  for (const piece of lex(tail)) if (!isGap(piece) || !piece.closed) return piece.start
  return undefined
}

function textBehind(file: MigrationFile, start: number): Finding {
  return {
    rule: 'copy-data',
    severity: 'error',
    ...place(file, { start, end: start + 1 }),
    message:
      'The rows of COPY … FROM STDIN begin on the line after its semicolon, and here its own line goes on.',
    help: 'Put what follows the semicolon below the line \\. that ends the rows.',
  }
}

function noEnd(file: MigrationFile, span: { start: number; end: number }): Finding {
  return {
    rule: 'copy-data',
    severity: 'error',
    ...place(file, span),
    message: 'The rows of this COPY … FROM STDIN have no end: no line after it is \\. and nothing else.',
    help: 'Put a line with \\. alone after the last row, or right below the statement if there are none.',
  }
}

/** COPY … FROM STDIN that the parser sees and the scanner does not, or in a format that lines can not carry. */
export function refuseLostCopy(
  file: MigrationFile,
  statements: readonly Statement[],
  items: readonly (ScannedStatement | ScannedCommand)[],
): Finding[] {
  const reading = statements.filter(({ node, tree }) => node === 'CopyStmt' && readsClient(tree))
  if (reading.length === 0) return []
  const found = new Set(items.flatMap((item) => ('copy' in item ? [item.span.start] : [])))
  return reading.flatMap(({ tree, span }) => {
    if (isBinary(tree)) return [copyRefused(file, span, 'Binary rows can not stand in a file of text.')]
    return found.has(span.start)
      ? []
      : [copyRefused(file, span, 'The rows of this COPY … FROM STDIN can not be told from SQL.')]
  })
}

type Tree = Statement['tree']

function readsClient(tree: Tree): boolean {
  return tree.is_from === true && tree.filename === undefined
}

interface Option {
  readonly DefElem?: {
    readonly defname?: string
    readonly arg?: { readonly String?: { readonly sval?: string } }
  }
}

function isBinary({ options = [] }: Tree): boolean {
  return (options as readonly Option[]).some(
    ({ DefElem: option }) => option?.defname === 'format' && option.arg?.String?.sval === 'binary',
  )
}

function copyRefused(file: MigrationFile, span: { start: number; end: number }, message: string): Finding {
  const help = 'Write them as text or CSV, below COPY … FROM STDIN; and with a line \\. after the last.'
  return { rule: 'copy-data', severity: 'error', ...place(file, span), message, help }
}
