import type { RunnableMigration } from '../model/plan.js'
import { foldName } from '../sql/fold-name.js'

/**
 * Whether a violated foreign key can refer to nothing but tables that the pending files make and fill with what stands in
 * their text: then no row of the target would help. False where that can't be told.
 *
 * @param message the server's, in any language: it quotes table and constraint
 * @param migrations as far as the failing one
 * @param isThere whether a table of that name was there before
 */
export function refersToNewOnly(
  message: string,
  migrations: readonly RunnableMigration[],
  isThere: (name: string) => boolean,
): boolean {
  const statements = migrations.flatMap(textsOf)
  if (statements.includes(undefined)) return false
  const texts = statements.filter((text) => text !== undefined)
  // French quotes keep a space to what they quote; but to the server that space is a letter.
  const quoted = message
    .split(/["«»„“”]/)
    .slice(1)
    .flatMap((part) => [part, part.trim()])
  const about = texts.filter(
    (text) => DEFINES.test(text) && quoted.some((name) => name !== '' && mentions(text, name)),
  )
  const referred = new Set(
    about.flatMap((text) => [...text.matchAll(REFERENCES)].map(([, name]) => bare(name))),
  )
  return (
    referred.size > 0 &&
    [...referred].every((name) => {
      const own = texts.filter((text) => mentions(text, name))
      return !isThere(name) && own.some((text) => makes(text, name)) && own.every(holdsItsRows)
    })
  )
}

/** Undefined: of a file that was not read statement by statement. */
function textsOf({ text, statements }: RunnableMigration): readonly (string | undefined)[] {
  return statements?.map(({ span }) => text.slice(span.start, span.end)) ?? [undefined]
}

// As the server reads them: to it a no-break space is a letter, as all beyond ASCII is.
const SPACE = String.raw`[ \t-\r]`
const LETTER = String.raw`[\w$\u0080-\uffff]`
const NAME = `(?:"(?:[^"]|"")+"|${LETTER}+)`
const QUALIFIED = String.raw`(${NAME}(?:${SPACE}*\.${SPACE}*${NAME})*)`
const WORDS = String.raw`(?:[\w \t-\r]*${SPACE})?`
const START = `^${SPACE}*`
const END = `(?!${LETTER})`

const DEFINES = new RegExp(`${START}(?:create|alter)${SPACE}${WORDS}table${END}`, 'i')
const REFERENCES = new RegExp(`(?<!${LETTER})references${END}${SPACE}*${QUALIFIED}`, 'gi')
const MADE = new RegExp(
  `${START}create${SPACE}${WORDS}table${END}${SPACE}*(?:if${SPACE}+not${SPACE}+exists${END}${SPACE}*)?${QUALIFIED}`,
  'i',
)

/** What is not known to bring only the rows that stand in it may take them from anywhere. */
function holdsItsRows(text: string): boolean {
  return STARTS.test(text) && !TAKES_ROWS.test(text)
}

const STARTS = new RegExp(
  `${START}(?:create${SPACE}${WORDS}(?:table|index)|alter${SPACE}+table|insert|copy${END}.*(?<!${LETTER})from${SPACE}+std(?:in|out)|comment|grant|revoke)${END}`,
  'is',
)
const TAKES_ROWS = /\b(?:select|execute|attach|inherits?|partition|as\s+table)\b|^\s*insert\b.*\btable\b/is

/** `Authors` of `public."Authors"`, `authors` of `Public.AUTHORS`. */
function bare(qualified = ''): string {
  const last = qualified.match(new RegExp(`${NAME}$`))?.[0] ?? ''
  return last.startsWith('"') ? last.slice(1, -1).replaceAll('""', '"') : foldName(last)
}

function makes(text: string, name: string): boolean {
  return bare(MADE.exec(text)?.[1]) === name
}

function mentions(text: string, name: string): boolean {
  const [lower, wanted] = [text.toLowerCase(), name.toLowerCase()]
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + 1))
    if (!/[\w$\u0080-\uffff]/.test((lower[at - 1] ?? '') + (lower[at + wanted.length] ?? ''))) return true
  return false
}
