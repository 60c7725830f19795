import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import type { RunnableStatement } from '../model/plan.js'
import { needsNoTransaction } from '../sql/classify.js'
import type { Statement } from '../sql/open-parser.js'
import { place } from '../sql/place.js'
import { accessOf, controlInWords, controlOf } from '../sql/transaction-shape.js'
import { readStatement } from './read-statement.js'

/** A file's statements with its own transactions marked, and what of its transaction control can not be honoured. */
export interface Honoured {
  readonly statements: readonly RunnableStatement[]
  readonly findings: readonly Finding[]
}

/**
 * Reads the transaction control of a file whose statements each stand alone: `BEGIN … COMMIT` and `BEGIN … ROLLBACK`
 * are transactions of its own. What would leave it unclear where a transaction of the file ends is refused.
 */
export function honourControl(file: MigrationFile, statements: readonly Statement[]): Honoured {
  const walk: Walk = { file, statements: [], findings: [], own: undefined }
  for (const statement of statements) step(walk, statement)
  if (walk.own) walk.findings.push(refusal(file, walk.own.begin, 'never ends in this file', SEE_IT_END))
  return walk
}

interface Walk {
  readonly file: MigrationFile
  readonly statements: RunnableStatement[]
  readonly findings: Finding[]
  /** The transaction of the file's own that is open. */
  own: Own | undefined
}

interface Own {
  readonly begin: Statement
  /** Index of its BEGIN. */
  readonly from: number
  /** A part of it is rolled back, and what was set there with it. */
  returns: boolean
  /** Nothing but settings followed its BEGIN so far: nothing can have been written. */
  atHead: boolean
  isReadOnly: boolean
  /** Where it was to become read only, or to write again, behind its head. */
  turns?: Statement
}

function step(walk: Walk, statement: Statement): void {
  const control = controlOf(statement)
  const read = readStatement(statement)
  const why = whyNot(walk.own, statement, control)
  if (why) walk.findings.push(refusal(walk.file, statement, ...why))
  walk.statements.push(
    control ? marked(read, statement, control, walk.own) : inside(read, statement, walk.own),
  )
  if (control === 'begin' && !walk.own) {
    walk.own = {
      begin: statement,
      from: walk.statements.length - 1,
      returns: false,
      atHead: true,
      isReadOnly: accessOf(statement) === 'read-only',
    }
  } else if (walk.own) {
    follow(walk.own, statement)
    if (statement.tree.kind === 'TRANS_STMT_ROLLBACK_TO') walk.own.returns = true
    if (control === 'commit' || control === 'rollback') close(walk, walk.own, control)
    if (statement.tree.kind === 'TRANS_STMT_PREPARE') walk.own = undefined
  }
}

/** What is read only from its head on stays so: the server lets it write again only before its first query, and by SET alone. */
function follow(own: Own, statement: Statement): void {
  const access = accessOf(statement)
  const isKnown = access === 'read-only' || access === 'read-write'
  if (own.atHead && isKnown) own.isReadOnly = access === 'read-only'
  else if (access !== undefined && access !== (own.isReadOnly ? 'read-only' : 'read-write'))
    own.turns ??= statement
  if (statement.node !== 'VariableSetStmt') own.atHead = false
}

type Control = ReturnType<typeof controlOf>

const SEE_IT_END = 'End it with COMMIT or ROLLBACK in the same file.'

/** @returns what is wrong, as a clause about the statement, and the way out */
function whyNot(
  own: Own | undefined,
  statement: Statement,
  control: Control,
): readonly [string, string] | undefined {
  const { node, tree } = statement
  if (tree.chain === true)
    return ['opens another transaction that nothing begins', 'Write COMMIT, and BEGIN after it.']
  if (tree.kind === 'TRANS_STMT_PREPARE')
    return [
      'leaves a transaction behind that only its name can end, and the record of the file with it',
      'Write COMMIT.',
    ]
  if (control === 'begin' && own && tree.options !== undefined)
    return ['stands in a transaction that is open already', SEE_IT_END]
  if (control === 'savepoint' && !own)
    return ['stands in no transaction', 'Put BEGIN before it and COMMIT after what belongs to it.']
  return own && node !== 'TransactionStmt' && needsNoTransaction(statement)
    ? ['can not run in a transaction, and there is one around it', 'Put it before BEGIN or after COMMIT.']
    : endsPrepared(own, statement)
}

function endsPrepared(own: Own | undefined, { tree }: Statement): readonly [string, string] | undefined {
  const ends = ['TRANS_STMT_COMMIT_PREPARED', 'TRANS_STMT_ROLLBACK_PREPARED'].includes(String(tree.kind))
  return own && ends
    ? ['can not run in a transaction, and there is one around it', 'Put it before BEGIN or after COMMIT.']
    : undefined
}

function refusal(file: MigrationFile, statement: Statement, what: string, help: string): Finding {
  const words =
    statement.node === 'TransactionStmt' ? controlInWords(statement) : needsNoTransaction(statement)
  return {
    rule: 'transaction-control',
    severity: 'error',
    ...place(file, statement.span),
    message: `${words} ${what}.`,
    help,
  }
}

/** A rehearsal is one transaction, so it leaves out whatever begins or ends one. */
function marked(
  read: RunnableStatement,
  statement: Statement,
  control: NonNullable<Control>,
  own: Own | undefined,
): RunnableStatement {
  if (control === 'savepoint') return read
  const outside = controlInWords(statement)
  if (control === 'begin') {
    return { ...read, outside, ...(own ? {} : { control: 'begin' }) }
  }
  // Without a transaction the server warns and does nothing.
  return { ...read, outside, ...(own ? { control } : { trace: { kind: 'repeatable' } }) }
}

function inside(read: RunnableStatement, { node, tree }: Statement, own: Own | undefined): RunnableStatement {
  const setsTransaction =
    node === 'VariableSetStmt' && tree.kind === 'VAR_SET_MULTI' && String(tree.name).startsWith('TRANSACTION')
  return own && setsTransaction ? { ...read, outside: 'SET TRANSACTION' } : read
}

/** What is rolled back leaves no settings, and in a rehearsal it must leave nothing either. */
function close(walk: Walk, own: Own, control: 'commit' | 'rollback'): void {
  for (let index = own.from; index < walk.statements.length; index++) {
    if (control === 'rollback') {
      const { sets: _, sessionOnly: __, ...kept } = walk.statements[index] as RunnableStatement
      walk.statements[index] = { ...kept, outside: 'BEGIN … ROLLBACK' }
    } else if (own.returns && walk.statements[index]?.sets !== undefined) {
      const { sets: _, ...kept } = walk.statements[index] as RunnableStatement
      walk.statements[index] = { ...kept, sessionOnly: 'a setting beside ROLLBACK TO SAVEPOINT' }
    }
  }
  if (control === 'commit') keep(walk, own)
  walk.own = undefined
}

/** Only what can not have written anything may be recorded after it. */
function keep(walk: Walk, { from, isReadOnly, turns }: Own): void {
  if (turns) walk.findings.push(refuseTurn(walk.file, turns))
  else if (isReadOnly) change(walk, from, { control: 'begin-read-only' })
}

function refuseTurn(file: MigrationFile, statement: Statement): Finding {
  return {
    rule: 'transaction-control',
    severity: 'error',
    ...place(file, statement.span),
    message: `This makes the transaction ${TURNS[accessOf(statement) ?? 'either']} in its middle: what it writes can't be kept together with its record.`,
    help: 'Say it in BEGIN (BEGIN READ ONLY), or right after it; or leave it out.',
  }
}

const TURNS = {
  'read-only': 'read only',
  'read-write': 'read write',
  either: 'read only, or not,',
} as const

function change(walk: Walk, index: number, changes: Partial<RunnableStatement>): void {
  const statement = walk.statements[index]
  if (statement) walk.statements[index] = { ...statement, ...changes }
}
