import type { Span } from '../model/position.js'
import { RULE_IDS, type RuleId } from '../model/rule-ids.js'
import { lexScript } from '../sql/lex-script.js'
import { tokens } from '../sql/split-list.js'

/** `-- devflow-ignore <rule>: <reason>` as written. */
export interface Suppression {
  readonly rule: RuleId
  readonly reason: string
  /** The comment, without its dashes. */
  readonly span: Span
  /** What it holds for: findings that begin in here. */
  readonly covers: Span
}

/** Such a comment that does nothing, and why. */
export interface BadSuppression {
  readonly span: Span
  readonly message: string
  readonly help: string
}

export interface Suppressions {
  readonly suppressions: readonly Suppression[]
  readonly bad: readonly BadSuppression[]
}

/**
 * Reads the comments that silence a rule: `devflow-ignore` for the line it stands on or, alone on its line, for what
 * follows; `devflow-ignore-file` for the whole file. A reason is required.
 *
 * @param statements of the file, in order
 */
export function parseSuppressions(text: string, statements: readonly Span[]): Suppressions {
  const suppressions: Suppression[] = []
  const bad: BadSuppression[] = []
  if (!hasSuppressions(text)) return { suppressions, bad }
  for (const { kind, start, end } of lexScript(text)) {
    if (kind !== 'line-comment' && kind !== 'block-comment') continue
    const asked = ASKED.exec(text.slice(start, end))
    if (!asked) continue
    if (suppressions.length + bad.length >= MOST) break
    const span = { start: start + (asked[1] ?? '').length, end: start + asked[0].trimEnd().length }
    const rule = RULE_IDS.find((id) => id === asked[3])
    const reason = (asked[4] ?? '').trim()
    if (kind === 'block-comment') bad.push(inBlock(span))
    else if (rule === undefined) bad.push(unknownRule(span, asked[3] ?? ''))
    else if (
      asked[4] === undefined &&
      text
        .slice(start + asked[0].length, end)
        .trimStart()
        .startsWith(',')
    )
      bad.push(severalRules(span))
    else if (reason === '') bad.push(withoutReason(span, rule))
    else
      suppressions.push({
        rule,
        reason,
        span,
        covers: asked[2] ? WHOLE : coveredBy(text, { start, end }, statements),
      })
  }
  return { suppressions, bad }
}

/** Perhaps. */
export function hasSuppressions(text: string): boolean {
  return text.includes('devflow-ignore')
}

const ASKED = /^((?:--|\/\*)\s*)devflow-ignore(-file)?(?![\w-])[ \t]*([\w-]*)[ \t]*(?::(.*))?/

/** More in one file are no help to a reader, and cost time. */
const MOST = 1_000

const WHOLE: Span = { start: 0, end: Number.POSITIVE_INFINITY }

/** Alone on its line it holds for the line after it, and for a statement that begins there. */
function coveredBy(text: string, comment: Span, statements: readonly Span[]): Span {
  const lineStart = startOfLine(text, comment.start)
  const alone = text.slice(lineStart, comment.start).trim() === ''
  const line = alone ? nextCode(text, comment.end) : { start: lineStart, end: comment.end }
  const after = statements[firstFrom(statements, comment.start)]
  const before = statements[firstFrom(statements, comment.start) - 1]
  // Behind the last line of a statement it is the statement that is meant.
  const of = alone
    ? after && after.start <= line.end && after
    : before && before.end <= comment.start && before.end > line.start && before
  return of ? { start: Math.min(line.start, of.start), end: Math.max(line.end, of.end) } : line
}

/** The first statement that begins at an offset or behind it. */
function firstFrom(statements: readonly Span[], offset: number): number {
  let [low, high] = [0, statements.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((statements[middle]?.start ?? offset) < offset) low = middle + 1
    else high = middle
  }
  return low
}

function startOfLine(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1
}

/** The next line that holds more than a comment. */
function nextCode(text: string, from: number): Span {
  for (const { start } of tokens(text, { start: from, end: text.length })) {
    LINE_END.lastIndex = start
    return { start, end: LINE_END.exec(text)?.index ?? text.length }
  }
  return { start: text.length, end: text.length }
}

const LINE_END = /[\r\n]/g

function unknownRule(span: Span, given: string): BadSuppression {
  return {
    span,
    message: given === '' ? 'This silences no rule: none is named.' : `There is no rule ${given}.`,
    help: 'Write -- devflow-ignore <rule>: <reason>, with the name of a rule as findings show it.',
  }
}

function severalRules(span: Span): BadSuppression {
  return {
    span,
    message: 'This names several rules, and so silences none.',
    help: 'Write a comment for each: -- devflow-ignore <rule>: <reason>.',
  }
}

function inBlock(span: Span): BadSuppression {
  return {
    span,
    message: 'A comment between /* and */ silences nothing.',
    help: 'Write it as -- devflow-ignore <rule>: <reason>, with nothing behind it on its line.',
  }
}

function withoutReason(span: Span, rule: RuleId): BadSuppression {
  return {
    span,
    message: `This would silence ${rule} without a reason, and so does not.`,
    help: `Write -- devflow-ignore ${rule}: <why it is safe here>.`,
  }
}
