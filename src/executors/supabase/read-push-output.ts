import { stripVTControlCharacters } from 'node:util'
import { cutMessage } from '../../model/cut-message.js'
import type { Failure } from '../../model/outcome.js'

/** A line of what `supabase db push` prints, as far as it tells what it does. */
export type PushLine =
  /** It begins with a file. */
  | { readonly kind: 'applying'; readonly name: string }
  /** Of the server, foreign. */
  | { readonly kind: 'notice'; readonly severity: string; readonly message: string }
  | { readonly kind: 'other' }

export function readPushLine(line: string): PushLine {
  const text = stripVTControlCharacters(line).trim()
  const name = /^Applying migration (.+)\.\.\.$/.exec(text)?.[1]
  if (name !== undefined) return { kind: 'applying', name }
  const [, severity, message] = /^(NOTICE|WARNING|INFO|LOG|DEBUG) \(\w{5}\): (.*)$/.exec(text) ?? []
  return severity === undefined || message === undefined
    ? { kind: 'other' }
    : { kind: 'notice', severity, message }
}

/**
 * Why a push failed, by what it printed last. `statement` counts from 1, in the CLI's own cut of the file.
 * Its code is the server's, or `supabase-cli`.
 */
export function readPushFailure(output: string, exitCode: number | null): Failure {
  const lines = stripVTControlCharacters(output)
    .split(/\r?\n/)
    .map((line) => line.trim())
  const at = lines.findLastIndex((line) => SERVER_ERROR.test(line))
  const [, said, code] = SERVER_ERROR.exec(lines[at] ?? '') ?? []
  if (said === undefined || code === undefined)
    return { code: 'supabase-cli', message: unknownFailure(lines, exitCode) }
  const index = lines.slice(at).flatMap((line) => /^At statement: (\d+)$/.exec(line)?.[1] ?? [])[0]
  return {
    code,
    message: cutMessage(said),
    ...(index === undefined ? {} : { statement: Number(index) + 1 }),
  }
}

const SERVER_ERROR = /^(?:ERROR|FATAL|PANIC): (.*) \(SQLSTATE (\w{5})\)$/

function unknownFailure(lines: readonly string[], exitCode: number | null): string {
  const told = lines
    .filter((line) => line !== '' && !CHATTER.test(line))
    .slice(-MOST_LINES)
    .join(' ')
  const ended = exitCode === null ? 'was ended' : `ended with exit code ${exitCode}`
  return told === '' ? `the Supabase CLI ${ended} and did not say why` : cutMessage(told, LONGEST)
}

/** What it prints whatever happens. */
const CHATTER =
  /^(?:Try rerunning|Applying migration|Connecting to|Do you want|\[Y\/n\]|•|Target:|Confirmed by|Warning: --db-url|Finished|A new version|We recommend|posthog|.*\[Y\/n\] ?y?$)/i

const MOST_LINES = 6
const LONGEST = 2000
