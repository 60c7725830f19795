/**
 * The one writer for text that others wrote: SQL, file names, server messages, notices, config values.
 * GitHub's runner reads workflow commands out of both streams: a line that begins, after white space, with
 * `::`, and `##[` anywhere in a line. Whoever can make us print such a line can forge an output.
 */

const ansiSequence = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g
/** Bidirectional and other invisible format characters, except the joiners that scripts and emoji need. */
const invisible = /[^\P{Cf}\u200c\u200d]/gu
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g
const zeroWidthSpace = '\u200b'

/** Text for a log, possibly of several lines joined by LF. No line of it can be read as a workflow command. */
export function logText(text: string): string {
  return guardLog(withoutControls(text))
}

/** As `logText`, on one line: for names in tables and sentences. */
export function logLine(text: string): string {
  return guardLog(oneLine(text))
}

/**
 * Breaks up what would be a workflow command in finished log text, colours left as they are. Renderers run it
 * last, because two harmless pieces (`##` and `[`) can meet in one line.
 */
export function guardLog(text: string): string {
  return text
    .replaceAll('##[', '## [')
    .replace(/^((?:[^\S\n]|[\u200c\u200d]|\u001b\[[0-9;]*m)*)::/gm, (_, lead: string) => `${lead}: :`)
}

/** Inline Markdown that shows the text and nothing else: no HTML, links, mentions, references, table cells. */
export function markdownText(text: string): string {
  return inert(oneLine(text).trim())
}

/** As `markdownText`, with what stands between backticks in a fixed-width font: for our own sentences, which quote so. */
export function markdownProse(text: string): string {
  return oneLine(text)
    .trim()
    .split(/`([^`]+)`/)
    .map((piece, index) => (index % 2 === 1 ? markdownCode(piece) : inert(piece)))
    .join('')
}

/** Inline Markdown in a fixed-width font, safe in table cells too. */
export function markdownCode(text: string): string {
  const line = oneLine(text)
  if (line.trim() === '') return ''
  return /[`|\\]/.test(line) ? `<code>${markdownText(line)}</code>` : `\`${line}\``
}

/** A fenced block. The fence is longer than any run of backticks in the text, so that nothing ends it early. */
export function markdownBlock(text: string, language = ''): string {
  const lines = withoutControls(text)
  const longest = Math.max(2, ...Array.from(lines.matchAll(/`+/g), (run) => run[0].length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${lines}\n${fence}`
}

/** At most `limit` UTF-16 units, never half a character, with an ellipsis where something was left out. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text
  const end = limit - 1
  const splitsPair = /[\ud800-\udbff]/.test(text.charAt(end - 1))
  return `${text.slice(0, splitsPair ? end - 1 : end)}…`
}

function inert(line: string): string {
  return line
    .replace(/[@#]|GH-|www(?=\.)/gi, (mark) => mark + zeroWidthSpace)
    .replaceAll('://', `:${zeroWidthSpace}//`)
    .replace(/[\\`*{}[\]<>()!|~&^]|^[-+=]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, entity)
    .replace(/^(\d+)([.)])/, (_, digits: string, mark: string) => digits + entity(mark))
    .replaceAll('$', '<span>$</span>')
}

function withoutControls(text: string): string {
  return text
    .replace(ansiSequence, '')
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(invisible, '')
    .replace(control, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
}

function oneLine(text: string): string {
  return withoutControls(text)
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('\t', ' ')
}

function entity(character: string): string {
  return `&#${character.codePointAt(0) ?? 0xfffd};`
}
