import type { RuleDoc } from '../model/rule-doc.js'
import { CHECKS } from './checks.js'

/** A rule with all that its page of documentation tells. */
export interface DocumentedRule extends RuleDoc {
  readonly bad: readonly ShownExample[]
  readonly good: readonly string[]
  /** A safe rewrite is known for some of what it finds. */
  readonly isFixable: boolean
  readonly inFunctions: boolean
  readonly needsApi: boolean
  /** A rehearsal shows whether it is so. */
  readonly isMeasurable: boolean
}

export interface ShownExample {
  readonly sql: string
  /** What is found in it, a sentence each. */
  readonly messages: readonly string[]
}

const GROUPS: Readonly<Record<string, string>> = {
  locks: 'Locks, rewrites and scans',
  transactions: 'Transactions and time limits',
  destructive: 'Destructive and breaking changes',
  data: 'Data',
  security: 'Security',
  rls: 'Row level security',
  measured: 'Found only by running',
  design: 'Types and design',
}

/** The text of `docs/rules.md`: a table of the rules of each group, a section a rule, a table of all other checks. */
export function renderRulesDoc(rules: readonly DocumentedRule[]): string {
  const groups = Object.entries(GROUPS).flatMap(([group, title]) => {
    const found = rules.filter((rule) => rule.group === group)
    return found.length === 0 ? [] : [{ title, rules: found }]
  })
  return `${[INTRODUCTION, ...groups.flatMap(renderGroup), renderChecks()].join('\n\n')}\n`
}

const INTRODUCTION = `# Rules

<!-- Made from src/rules by \`npm run schema\`. Do not edit. -->

What \`validate\` finds, and what everything that applies finds in pending files. How to run it, to silence a finding and to set levels: [validation](validation.md).

A rule's level depends on where the files are to run. \`validate\` without an environment judges for production.

| Level | What it does |
| --- | --- |
| \`off\` | Nothing is told |
| \`notice\`, \`warn\` | It is told, and stops nothing |
| \`block\` | It stops the run; a comment with a reason silences it, configuration can lower it |
| \`force\` | As \`block\`, and it yields to \`FORCE_RUN=true\` too, which is recorded |
| \`never\` | It stops the run, and yields to nothing |

A [rehearsal](rehearsal.md) runs the files and measures what they do. What a rule only expects is then *confirmed*, with the size of the table, which decides in production whether it stops the run; or *refuted*, and then it stops nothing. Levels that the configuration sets hold, except that what is refuted never stops a run.

What is made by the same files is new and in nobody's use: then rules about locks, rewrites, scans and loss say nothing.`

function renderGroup({ title, rules }: { title: string; rules: readonly DocumentedRule[] }): string[] {
  const rows = rules.map(({ id, title: found, levels, isFixable }) => {
    const { development, staging, production } = levels
    const fix = isFixable ? 'yes' : ''
    return `| [${id}](#${id}) | ${cell(found)} | ${development} | ${staging} | ${production} | ${fix} |`
  })
  const head =
    '| Rule | Finds | Development | Staging | Production | Fix |\n| --- | --- | --- | --- | --- | --- |'
  return [`## ${title}`, [head, ...rows].join('\n'), ...rules.map(renderRule)]
}

function renderRule(rule: DocumentedRule): string {
  const { id, title, why, instead, bad, good, isFixable, inFunctions, needsApi, isMeasurable } = rule
  const remarks = [
    ...(isFixable ? ['`--fix` writes the safe form where it is certain to mean the same.'] : []),
    ...(isMeasurable ? ['A rehearsal confirms or refutes it.'] : []),
    ...(inFunctions ? ['It looks into the bodies of functions too.'] : []),
    ...(needsApi
      ? ['It is asked only where an API serves schemas, and warns at most unless `api-schemas` names them.']
      : []),
  ]
  return [
    `### ${id}`,
    `${title}.`.replace(/([.?!])\.$/, '$1'),
    `**Why.** ${why}`,
    `**Instead.** ${instead}`,
    ...(remarks.length === 0 ? [] : [remarks.join(' ')]),
    ...bad.slice(0, 1).map(renderBad),
    ...good.slice(0, 1).map((sql) => `Nothing is found in:\n\n${block(sql)}`),
  ].join('\n\n')
}

function renderBad({ sql, messages }: ShownExample): string {
  const said = messages.slice(0, 1).map((message) => `\n\n> ${message.replaceAll('\n', '\n> ')}`)
  return `Found in:\n\n${block(sql)}${said.join('')}`
}

function block(sql: string): string {
  return `\`\`\`sql\n${sql.trim()}\n\`\`\``
}

function renderChecks(): string {
  const rows = Object.entries(CHECKS).map(
    ([id, [title, why]]) => `| <a id="${id}"></a>\`${id}\` | ${cell(title)} | ${cell(why)} |`,
  )
  return [
    '## Everything else that is found',
    'These are no rules about SQL. They hold in every environment; [migration files](migrations.md) says more.',
    ['| Finding | What it is | Why it matters |', '| --- | --- | --- |', ...rows].join('\n'),
  ].join('\n\n')
}

function cell(markdown: string): string {
  return markdown.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
