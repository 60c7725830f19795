import { importTypeScript } from '../import-typescript.mjs'

const load = (path) => importTypeScript(new URL(`../../src/${path}`, import.meta.url))

const { openParser } = await load('sql/open-parser.ts')
const { readBodies } = await load('sql/read-bodies.ts')
const { controlOf, transactionShape } = await load('sql/transaction-shape.ts')
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
  bigTables: [],
  all: true,
}

/**
 * Findings of all rules about the last of some files; those before it are taken for applied. Outside of a transaction
 * each statement has its own, except between BEGIN and COMMIT.
 */
export function lintLast(scripts, { postgres, inTransaction }) {
  const judge = openJudge({ judging: { ...judging, postgres }, postgres })
  const files = scripts.map((text, index) => readFile(text, `${index + 1}_case.sql`, inTransaction))
  const last = files.pop()
  for (const { judged } of files) judge.learn(judged)
  const found = [...last.findings, ...judge.judge(last.judged).findings, ...judge.conclude().findings]
  return found.map(({ rule, position }) => ({ rule, line: position?.line }))
}

function readFile(text, name, inTransaction) {
  const parsed = parser.parse(text)
  const statements = parsed.kind === 'statements' ? parsed.statements : []
  const hasControl = statements.some(controlOf)
  const shape = transactionShape(statements, text).kind
  const directives = { noTransaction: !inTransaction && !hasControl, timeouts: {} }
  const file = fileOf(text, name, directives)
  const collection = collectStatements((statement) => readBodies(parser, text, statement))
  const { findings } = prepareMigration(parser, file, undefined, collection.see)
  const judged = {
    file,
    statements: collection.statements,
    transactional: inTransaction || shape === 'outer-pair',
  }
  return { judged, findings }
}

function fileOf(text, name, directives) {
  const up = { start: 0, end: text.length }
  const base = { version: name.split('_')[0], name, path: name, style: 'number', checksum: '', dependsOn: [] }
  return { ...base, otherChecksums: [], text, up, directives }
}
