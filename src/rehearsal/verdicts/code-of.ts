import type { Measured } from '../../model/measured.js'
import { spanOf } from '../../sql/position.js'
import type { Step } from './step.js'

/** The whole text of a statement that runs code; undefined of one whose text tells what it does. */
export function codeOf({ path, measured }: Step, texts: ReadonlyMap<string, string>): string | undefined {
  const text = texts.get(path)
  if (text === undefined || !runsCode(measured)) return undefined
  const { start, end } = spanOf(text, measured.position)
  return text.slice(start, end)
}

/** A DO block, or a query, which may call a function. */
export function runsCode({ text }: Measured): boolean {
  return /^\s*(do|call|execute|select|with)\b/i.test(text)
}
