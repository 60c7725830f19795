import { argumentsAt, isSign, stringOf } from './call-arguments.js'
import { isSecretName } from './is-secret-name.js'
import type { Placed } from './placed.js'
import type { Token } from './tokens.js'

/**
 * Literals that an INSERT puts into columns for secrets: into the vault's own table for certain, elsewhere where the
 * value looks as if somebody had it made by chance.
 *
 * @param at the word INTO
 * @param contentOf what a string says
 */
export function* inInsert(
  tokens: readonly Token[],
  at: number,
  contentOf: (token: Token) => string,
): Generator<Placed> {
  const table = nameAt(tokens, at + 1)
  if (!isSign(tokens[table.next], '(')) return
  const columns = argumentsAt(tokens, table.next).map((each) => each.tokens[0]?.text ?? '')
  const values = tokens.findIndex(
    ({ kind, text }, index) => index > table.next && kind === 'word' && text === 'values',
  )
  const secret = columns.map((name) => (table.isVault ? name === 'secret' : isSecretName(name)))
  if (values === -1 || !secret.includes(true)) return
  for (const row of rowsAt(tokens, values + 1)) {
    const list = argumentsAt(tokens, row)
    for (const [index, argument] of list.entries()) {
      const token = secret[index] ? stringOf(argument) : undefined
      if (!token) continue
      if (table.isVault) yield { token, what: 'a secret of the vault' }
      else if (isByChance(contentOf(token)))
        yield {
          token,
          what: `the value of ${columns[index]?.replace(/[^\w$]/g, '?').slice(0, 60)}`,
          unsure: true,
        }
    }
  }
}

function nameAt(tokens: readonly Token[], at: number): { readonly next: number; readonly isVault: boolean } {
  const qualified = isSign(tokens[at + 1], '.')
  const isVault = qualified && tokens[at]?.text === 'vault' && tokens[at + 2]?.text === 'secrets'
  return { next: at + (qualified ? 3 : 1), isVault }
}

/** Where the parentheses of the rows open. Of very many, the first tell enough. */
function* rowsAt(tokens: readonly Token[], from: number): Generator<number> {
  let depth = 0
  let rows = 0
  for (let at = from; at < tokens.length && rows < MOST_ROWS; at++) {
    if (isSign(tokens[at], '(') && depth++ === 0) {
      rows++
      yield at
    }
    if (isSign(tokens[at], ')')) depth--
    if (depth === 0 && !isSign(tokens[at], ')', ',')) return
  }
}

const MOST_ROWS = 100

/** Sixteen signs or more, small letters or capitals mixed with digits, and no space. */
function isByChance(value: string): boolean {
  return (
    /^[\w+/=.~!@#%^&*-]{16,}$/.test(value) &&
    /\d/.test(value) &&
    /[a-z]/i.test(value) &&
    !/^[0-9a-f-]{36}$/i.test(value)
  )
}
