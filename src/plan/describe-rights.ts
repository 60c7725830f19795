import type { SchemaChange } from '../model/schema.js'

/** Who has what now and what before, for all whose rights changed: `anon has SELECT, INSERT (before: SELECT)`. */
export function describeRights({ kind, name, before, after }: SchemaChange): string {
  const usual = usualRights(kind, name)
  const was = parseRights(before ?? usual)
  const is = parseRights(after ?? usual)
  const word = (letters: string | undefined, who: string) => nameRights(letters ?? restOf(who), name)
  const who = [...new Set([...was.keys(), ...is.keys()])].filter((each) => was.get(each) !== is.get(each))
  const told = who
    .slice(0, MOST_NAMED)
    .map((each) => `${each} has ${word(is.get(each), each)} (before: ${word(was.get(each), each)})`)
  const left = who.length - told.length
  return [...told, ...(left > 0 ? [`${left} more differ`] : [])].join(', ')
}

const MOST_NAMED = 10

/** Where nothing was granted or revoked, everybody may use functions and types. */
function usualRights(kind: string, name: string): string {
  const isOpen =
    kind === 'rights' ? /^(function|procedure|aggregate|type) / : /^(?!.* in ).* on (functions|types)$/
  return isOpen.test(name) ? 'PUBLIC=ALL' : ''
}

/** An owner who is not listed has all rights; anybody else none. */
function restOf(who: string): string {
  return who.startsWith('owner ') ? 'ALL' : ''
}

function parseRights(text: string): ReadonlyMap<string, string> {
  const rights = new Map<string, string>()
  for (const [, who = '', letters = ''] of text.matchAll(ITEM))
    rights.set(who, `${rights.get(who) ?? ''}${letters}`)
  return rights
}

/** `anon=ar*`, and between two of them a comma and a space. A name may be quoted. */
const ITEM = /((?:owner )?(?:"(?:[^"]|"")*"|[^"=, ]+))=([A-Za-z*]*)(?:, |$)/g

function nameRights(letters: string, name: string): string {
  if (letters === '') return 'none'
  if (letters.startsWith('ALL')) return `${allRights(name)}${letters.endsWith('*') ? WITH_GRANT : ''}`
  return [...letters.matchAll(/([A-Za-z])(\*?)/g)]
    .map(([, letter = '', star]) => `${NAMES[letter] ?? letter}${star ? WITH_GRANT : ''}`)
    .join(', ')
}

const WITH_GRANT = ' with grant option'

function allRights(name: string): string {
  if (/^(function|procedure|aggregate) | on functions$/.test(name)) return 'EXECUTE'
  return /^(type|server|foreign data wrapper) | on types$/.test(name) ? 'USAGE' : 'ALL'
}

/** https://www.postgresql.org/docs/current/ddl-priv.html */
const NAMES: Readonly<Record<string, string>> = {
  r: 'SELECT',
  a: 'INSERT',
  w: 'UPDATE',
  d: 'DELETE',
  D: 'TRUNCATE',
  x: 'REFERENCES',
  t: 'TRIGGER',
  m: 'MAINTAIN',
  X: 'EXECUTE',
  U: 'USAGE',
  C: 'CREATE',
}
