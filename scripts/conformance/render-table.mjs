import { mapping, notOurs } from './mapping.mjs'
import { overrides } from './overrides.mjs'

const names = {
  squawk: 'squawk',
  pgls: 'Postgres language server',
  eugene: 'eugene',
}

const links = {
  squawk: 'https://squawkhq.com/docs/rules',
  pgls: 'https://pg-language-server.com/latest/reference/rules/',
  eugene: 'https://kaveland.no/eugene/hints/',
}

/** Found by what reads the files, not by one of the rules: `docs/rules.md` has no section for it. */
export const foundOnReading = ['statement-in-transaction', 'transaction-control', 'unused-suppression']

/** The text of docs/rules-of-other-tools.md. */
export function renderTable() {
  const tools = Object.entries(mapping).map(([tool, rules]) => toolSection(tool, rules))
  return `${[head, ...tools, notOursSection(), overridesSection()].join('\n\n')}\n`
}

const head = `# Rules of other tools

<!-- Made from scripts/conformance by \`npm run conformance -- --write\`. Do not edit. -->

For those who come from another linter: which [rule](rules.md) finds what its rules find. Where several are named, each finds a part: theirs are cut another way. Rules of taste are off until [configuration](configuration.md#what-findings-mean) turns them on.

\`npm run conformance -- <folder>\` judges cases of these tools with our rules and prints how many agree.`

function toolSection(tool, rules) {
  const lines = Object.entries(rules).map(([theirs, ours]) => [`\`${theirs}\``, ours.map(link).join(', ')])
  return `## ${names[tool]}\n\nIts rules: <${links[tool]}>.\n\n${table(['Its rule', 'Ours'], lines)}`
}

function link(id) {
  return foundOnReading.includes(id) ? `\`${id}\`` : `[${id}](rules.md#${id})`
}

function notOursSection() {
  const lines = notOurs.map(({ tool, rule, reason }) => [names[tool], `\`${rule}\``, reason])
  return `## Not ours\n\n${table(['Tool', 'Its rule', 'Why'], lines)}`
}

function overridesSection() {
  const lines = overrides.map(({ tool, rules, reason }) => [
    names[tool],
    rules.map((rule) => `\`${rule}\``).join(', '),
    reason,
  ])
  return `## Where PostgreSQL says otherwise\n\nMeasured by running the statements on PostgreSQL 15 and 18: locks, files written anew, tables read, and what a second run says. Of 11 it is what its release notes say.\n\n${table(['Tool', 'Its rule', 'What the server does'], lines)}`
}

function table(header, lines) {
  const rule = header.map(() => '---')
  return [header, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
