/** A clause or two: what words of a definition were there and are others now. Constants that may be secrets are not shown. */
export function describeDefinitions(before: string, after: string): string {
  const was = readDefinition(before)
  const is = readDefinition(after)
  const parts = [describeWords(was.words, is.words)]
  if (was.body !== is.body) parts.push('its body is another')
  const told = parts.filter((part) => part !== '')
  // Constants that are not shown, or what is behind the cut.
  return told.length > 0 ? told.join(', and ') : 'it is defined otherwise'
}

/** Of a body there is a digest only. */
function readDefinition(definition: string): { readonly words: readonly string[]; readonly body: string } {
  const body = /\bBODY ([0-9a-f]{64})\b/.exec(definition)
  const text = body ? definition.replace(body[0], '') : definition
  return { words: hideConstants(text).split(/\s+/).filter(Boolean), body: body?.[1] ?? '' }
}

/** What a string holds may be a secret: an argument of a trigger is where a token stands. Backticks end what is quoted. */
function hideConstants(text: string): string {
  return text
    .replace(/'((?:[^']|'')*)('|$)/g, (whole, value: string) => (HARMLESS.test(value) ? whole : "'…'"))
    .replaceAll('`', '´')
}

const HARMLESS = /^[\w .-]{0,12}$/

function describeWords(was: readonly string[], is: readonly string[]): string {
  const { gone, come } = differing(was, is)
  if (gone.length === 0 && come.length === 0) return ''
  if (gone.length === 0) return `it has ${quoted(come)} now`
  if (come.length === 0) return `it had ${quoted(gone)}`
  const isShort = [was, is].every((words) => words.join(' ').length <= SHORT)
  return isShort
    ? `it was ${quoted(was)} and is ${quoted(is)}`
    : `it had ${quoted(gone)} and has ${quoted(come)}`
}

/** Without the words they begin and end with alike. */
function differing(was: readonly string[], is: readonly string[]) {
  const most = Math.min(was.length, is.length)
  let first = 0
  while (first < most && was[first] === is[first]) first++
  let last = 0
  while (last < most - first && was.at(-1 - last) === is.at(-1 - last)) last++
  return { gone: was.slice(first, was.length - last), come: is.slice(first, is.length - last) }
}

const SHORT = 120
const LONGEST = 300

function quoted(words: readonly string[]): string {
  const text = words.join(' ')
  return `\`${text.length <= LONGEST ? text : `${text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}…`}\``
}
