import type { MigrationFile } from '../model/migration.js'
import { RULE_IDS, type RuleId } from '../model/rule-ids.js'
import { type DocumentedRule, renderRulesDoc, type ShownExample } from '../render/rules-doc.js'
import { RULES } from '../rules/all-rules.js'
import { collectStatements } from '../rules/collect-statements.js'
import { openJudge } from '../rules/judge.js'
import type { Example, Rule } from '../rules/rule.js'
import { withSecrets } from '../rules/secrets/with-secrets.js'
import { openParser, type Parser } from '../sql/open-parser.js'
import { byteOffsets } from '../sql/position.js'
import { readBodies } from '../sql/read-bodies.js'

/** The text of `docs/rules.md`, from the rules themselves: their examples are judged for what they show. */
export async function buildRulesDoc(): Promise<string> {
  const parser = await openParser()
  const rules = RULE_IDS.flatMap((id) => (RULES as Readonly<Record<string, Rule>>)[id] ?? [])
  return renderRulesDoc(await Promise.all(rules.map((rule) => document(rule, parser))))
}

async function document(rule: Rule, parser: Parser): Promise<DocumentedRule> {
  const { id, group, title, why, instead, levels, examples, inFunctions, needsApi, claims } = rule
  const found = await Promise.all(examples.bad.map((example) => judge(rule.id, example, parser)))
  return {
    ...{ id, group, title, why, instead, levels },
    bad: found,
    good: examples.good.map(textOf),
    isFixable: found.some(({ isFixable }) => isFixable),
    inFunctions: inFunctions === true,
    needsApi: needsApi === true,
    isMeasurable: claims !== undefined,
  }
}

async function judge(
  id: RuleId,
  example: Example,
  parser: Parser,
): Promise<ShownExample & { isFixable: boolean }> {
  const { sql, before, postgres = 15 } = fieldsOf(example)
  const judge = openJudge({ judging: judgingOnly(id), postgres })
  if (before !== undefined) judge.learn(readFile(makeFile(before, -1), parser))
  const files = await withSecrets([sql].flat().map(makeFile))
  const judged = files.map((file) => judge.judge(readFile(file, parser)))
  const findings = [...judged, judge.conclude()]
    .flatMap((each) => each.findings)
    .filter(({ rule }) => rule === id)
  return {
    sql: textOf(example),
    messages: findings.map(({ message }) => message),
    isFixable: findings.some(({ fix }) => fix !== undefined),
  }
}

function textOf(example: Example): string {
  const { sql, before } = fieldsOf(example)
  const files = [sql].flat().join('\n-- the next file\n')
  return before === undefined ? files : `-- applied before\n${before}\n-- the new file\n${files}`
}

function fieldsOf(example: Example): Exclude<Example, string> {
  return typeof example === 'string' ? { sql: example } : example
}

/** The rule speaks, whatever its level is. */
function judgingOnly(id: RuleId): Parameters<typeof openJudge>[0]['judging'] {
  return {
    class: 'production',
    levels: new Map([[id, 'warn']]),
    excludes: new Map(),
    force: false,
    forced: new Set(),
    postgres: 15,
    apiSchemas: ['public'],
    apiConfigured: true,
    bigTables: [],
    all: true,
  }
}

function readFile(file: MigrationFile, parser: Parser) {
  const { text } = file
  const { statements, see } = collectStatements((statement) => readBodies(parser, text, statement))
  const parsed = parser.parse(text)
  const offsetOf = byteOffsets(text)
  for (const statement of parsed.kind === 'statements' ? parsed.statements : []) see(statement, offsetOf)
  return { file, statements, transactional: true }
}

function makeFile(text: string, index: number): MigrationFile {
  const name = `${String(index + 1).padStart(2, '0')}_example.sql`
  return {
    version: String(index + 1).padStart(2, '0'),
    name,
    path: name,
    style: 'number',
    text,
    up: { start: 0, end: text.length },
    checksum: '',
    otherChecksums: [],
    directives: { noTransaction: false, timeouts: {} },
    dependsOn: [],
  }
}
