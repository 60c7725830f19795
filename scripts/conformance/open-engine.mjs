import { importTypeScript } from '../import-typescript.mjs'

const load = (path) => importTypeScript(new URL(`../../src/${path}`, import.meta.url))

const { openParser } = await load('sql/open-parser.ts')
const { readBodies } = await load('sql/read-bodies.ts')
const { transactionShape } = await load('sql/transaction-shape.ts')
const { prepareMigration } = await load('plan/prepare-migration.ts')
const { collectStatements } = await load('rules/collect-statements.ts')
const { openJudge } = await load('rules/judge.ts')
const { RULES } = await load('rules/all-rules.ts')

const parser = await openParser()

const judging = {
  class: 'production',
  // Each rule speaks, whatever its level.
  levels: new Map(Object.keys(RULES).map((id) => [id, 'warn'])),
  excludes: new Map(),
  force: false,
  forced: new Set(),
  apiSchemas: [],
  apiConfigured: true,
  bigTables: [],
  all: true,
}

/**
 * Findings of all rules about some files: about each, with those before it applied, and what only the end of all shows,
 * where all are judged together. Outside of a transaction each statement has its own, except between BEGIN and COMMIT.
 */
export function lintScripts(scripts, { postgres, ...how }) {
  const files = scripts.map((text, index) => readFile(text, `${index + 1}_case.sql`, how))
  const open = () => openJudge({ judging: { ...judging, postgres }, postgres })
  const each = files.flatMap(({ judged, findings }, index) => {
    const judge = open()
    for (const before of files.slice(0, index)) judge.learn(before.judged)
    return [...findings, ...judge.judge(judged).findings]
  })
  const judge = open()
  for (const { judged } of files) judge.judge(judged)
  return [...each, ...judge.conclude().findings].map(({ rule, position, file }) => ({
    rule,
    line: position?.line,
    script: files.findIndex(({ judged }) => judged.file.path === file),
  }))
}

/**
 * @param asWrapped a file with transactions of its own is read as one that is to run in a transaction: with findings
 *   about what would end it
 */
function readFile(text, name, { inTransaction, asWrapped }) {
  const parsed = parser.parse(text)
  const statements = parsed.kind === 'statements' ? parsed.statements : []
  const shape = transactionShape(statements, text).kind
  const isWrapped = inTransaction || shape === 'outer-pair' || (asWrapped && shape === 'own-control')
  const file = fileOf(text, name, { noTransaction: !isWrapped, timeouts: {} })
  const collection = collectStatements((statement) => readBodies(parser, text, statement))
  const { runnable, findings } = prepareMigration(parser, file, undefined, collection.see)
  // A statement alone in its file that can't be in a transaction is run without one.
  const isAlone = statements.length === 1 && runnable.mode !== 'transaction'
  const transactional = !isAlone && (inTransaction || shape === 'outer-pair')
  return { judged: { file, statements: collection.statements, transactional }, findings }
}

function fileOf(text, name, directives) {
  const up = { start: 0, end: text.length }
  const base = { version: name.split('_')[0], name, path: name, style: 'number', checksum: '', dependsOn: [] }
  return { ...base, otherChecksums: [], text, up, directives }
}
