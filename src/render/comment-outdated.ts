import type { Moved } from '../model/comment.js'
import { byteLength } from './fit-sections.js'

/** GitHub takes no longer comment. It counts characters, of which there are never more than bytes. */
const LONGEST_COMMENT = 65_536

/** The body of a comment with a mark at its top that its branch has moved on. A mark that is there already is replaced. */
export function renderOutdated(body: string, { commitSha, headSha }: Moved): string {
  const [marker = '', ...rest] = body.replaceAll('\r\n', '\n').replace(MARK, '').split('\n')
  const mark = `${MARK_BEGINS} This was made for commit ${short(commitSha)}; the branch has moved on to ${short(headSha)}.\n`
  const text = [marker, mark, ...rest].join('\n')
  return byteLength(text) <= LONGEST_COMMENT ? text : `${marker}\n${mark}`
}

const MARK_BEGINS = '> [!WARNING]\n> **Out of date.**'
/** With the empty line after it. */
const MARK = /(?<=^[^\n]*\n)> \[!WARNING\]\n> \*\*Out of date\.\*\*[^\n]*\n\n?/

/** As people know commits, and GitHub links them. */
function short(sha: string): string {
  return /^[0-9a-f]{40,64}$/.test(sha) ? sha.slice(0, 7) : 'unknown'
}
