// How far our rules and those of other tools agree, and ours and PostgreSQL.
//
//   npm run conformance -- <folder>
//   npm run conformance -- --write
//
// The folder holds `squawk_cases.jsonl` and `other_cases.jsonl` (SQL, the rule of the tool, how often and on which lines
// it hits) and `measured_facts.jsonl` (statements; whether the server wrote a table anew or read all of it under a lock
// that stops others; and all that it locked, wrote anew and read). Which rule of ours answers for which of theirs is in
// `conformance/mapping.mjs`; the facts are measured again by our own rehearsal, on PostgreSQL 15 and 18, on a target and
// on a shadow. Ends with 1 where fewer agree than promised. With `--write` it only writes the table of rules to
// docs/rules-of-other-tools.md.
import { writeFileSync } from 'node:fs'
import { judgeFacts } from './conformance/facts.mjs'
import { judgeCase } from './conformance/judge-case.mjs'
import { measureFacts } from './conformance/measure-facts.mjs'
import { readCases } from './conformance/read-cases.mjs'
import { renderTable } from './conformance/render-table.mjs'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('Name the folder with the cases: npm run conformance -- <folder>')
if (folder === '--write') {
  writeFileSync(new URL('../docs/rules-of-other-tools.md', import.meta.url), renderTable())
  process.exit()
}

/** Percent of all cases. */
const promised = { 'squawk_cases.jsonl': 97, 'other_cases.jsonl': 90 }

/** Of 50. */
const mostWrongFacts = 2

function judgeFile(name) {
  const judged = readCases(folder, name).map(judgeCase)
  const counted = judged.filter(({ leftOut }) => leftOut === undefined)
  if (judged.length === 0) return print(`\n## ${name}: not there`) ?? true
  const passed = counted.filter((each) => each.passed).length
  const percent = (100 * passed) / counted.length
  print(
    `\n## ${name}: ${passed} of ${counted.length}, ${percent.toFixed(1)} % (promised: ${promised[name]} %)\n`,
  )
  printRules(counted)
  printList('Misses', judged.filter((each) => each.passed === false).map(missText))
  printList('The server says otherwise', judged.filter((each) => each.override).map(overrideText))
  printList('Not ours', [...new Set(judged.flatMap((each) => each.leftOut ?? []))])
  return percent >= promised[name]
}

function printRules(judged) {
  const byRule = groups(judged, ruleName)
  for (const [rule, cases] of [...byRule].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const passed = cases.filter((each) => each.passed).length
    print(`${passed === cases.length ? ' ' : '!'} ${rule}: ${passed} of ${cases.length}`)
  }
}

const ruleName = ({ one }) => `${one.tool} ${one.rule}`

function groups(all, keyOf) {
  const byKey = new Map()
  for (const each of all) byKey.set(keyOf(each), [...(byKey.get(keyOf(each)) ?? []), each])
  return byKey
}

function missText({ one, why, found }) {
  const lines = found.map(({ rule, line }) => `${rule} on line ${line}`).join(', ')
  return `${ruleName({ one })}, ${one.name}: ${why}; found: ${lines || 'nothing'}\n${indented(one.scripts.join('\n'))}`
}

const overrideText = ({ one, override }) => `${ruleName({ one })}, ${one.name}: ${override.reason}`

const indented = (text) => text.trim().replace(/^/gm, '    ')

function printList(title, lines) {
  if (lines.length > 0) print(`\n### ${title}\n\n${lines.map((line) => `- ${line}`).join('\n')}`)
}

function judgeMeasured() {
  const all = judgeFacts(folder)
  const facts = all.filter(({ isCopy }) => !isCopy)
  const wrong = facts.filter(({ passed }) => !passed)
  const passed = facts.length - wrong.length
  print(`\n## measured_facts.jsonl: ${passed} of ${facts.length} (at most ${mostWrongFacts} of 50 wrong)`)
  printList('Wrong', wrong.map(factText))
  printList(
    'Not measured: the figures are those of the same statement elsewhere',
    all.filter(({ isCopy }) => isCopy).map(factText),
  )
  return wrong.length <= (mostWrongFacts * facts.length) / 50
}

const factText = ({ name, dangerous, rules }) =>
  `${dangerous ? 'dangerous' : 'harmless'}, found ${rules.join(', ') || 'nothing'}: ${name}`

function print(text) {
  process.stdout.write(`${text}\n`)
}

/** By our own rehearsal. All of them are promised. */
async function compareMeasured() {
  const all = await measureFacts(folder)
  const byPlace = groups(all, ({ major, place }) => `PostgreSQL ${major}, on a ${place}`)
  for (const [where, facts] of byPlace) {
    const counted = facts.filter(({ copied }) => !copied)
    const right = counted.filter(({ wrong }) => wrong.length === 0)
    print(`\n## measured_facts.jsonl, ${where}: ${right.length} of ${counted.length}`)
    printList('Wrong', counted.filter(({ wrong }) => wrong.length > 0).map(wrongText))
    printList('Not compared', facts.flatMap(waivedText))
  }
  return all.every(({ wrong, copied }) => copied || wrong.length === 0)
}

const wrongText = ({ name, wrong }) => `${name}: ${wrong.join('; ')}`

const waivedText = ({ name, waived, copied }) => [
  ...(copied ? [`${name}: the figures are those of the same statement elsewhere`] : []),
  ...waived.map((why) => `${name}: ${why}`),
]

const results = [...Object.keys(promised).map(judgeFile), judgeMeasured(), await compareMeasured()]
process.exitCode = results.every(Boolean) ? 0 : 1
