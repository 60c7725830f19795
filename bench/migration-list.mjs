import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const downLine = /^[ \t]*--[ \t]*(?:migrate:down|\+goose down|\+migrate down|down migration)\b.*$/im

/**
 * The up migrations of a folder, in order, each with the text that is to be run: `NAME.sql`, `NAME/migration.sql` and
 * `NAME/up.sql`. Written apart from the product on purpose, so that a fault of its order shows in a comparison.
 */
export function listMigrations(folder, excluded = []) {
  const isExcluded = matcherOf(excluded)
  const names = readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? upFileOf(folder, entry.name) : [entry.name]))
    .filter((name) => name.endsWith('.sql') && !/[./](?:down|undo)\.sql$/.test(name) && !isExcluded(name))
  return names
    .map((name) => ({ name, key: keyOf(name), text: upPart(readFileSync(join(folder, name), 'utf8')) }))
    .sort((a, b) => compareKeys(a.key, b.key) || Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
}

function upFileOf(folder, name) {
  const inside = readdirSync(join(folder, name))
  return ['migration.sql', 'up.sql'].filter((file) => inside.includes(file)).map((file) => `${name}/${file}`)
}

/** `V1_2__x.sql` is 1.2, `2026-01-20_x.sql` 2026.1.20, `0010_x.sql` 10. */
function keyOf(name) {
  const flyway = /^V(\d+(?:[._]\d+)*)__/.exec(name)?.[1]
  const date = /^\d{4}-\d\d-\d\d(?=[-_])/.exec(name)?.[0]
  return (flyway ?? date ?? /^\d+/.exec(name)?.[0] ?? '').split(/[._-]/).map(BigInt)
}

function compareKeys(a, b) {
  for (const [index, number] of a.entries()) {
    if (b[index] === undefined) return 1
    if (number !== b[index]) return number < b[index] ? -1 : 1
  }
  return a.length - b.length
}

function upPart(text) {
  const down = downLine.exec(text)
  return down ? text.slice(0, down.index) : text
}

function matcherOf(patterns) {
  const expressions = patterns.map((pattern) => {
    const parts = pattern.split(/(\*\*|\*|\?)/).map((part) => wildcards.get(part) ?? literal(part))
    return new RegExp(`^${parts.join('')}$`)
  })
  return (name) => expressions.some((expression) => expression.test(name))
}

const wildcards = new Map([
  ['**', '.*'],
  ['*', '[^/]*'],
  ['?', '[^/]'],
])

const literal = (text) => text.replace(/[.+^${}()|[\]\\]/g, '\\$&')
