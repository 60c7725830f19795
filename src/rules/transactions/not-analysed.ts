import type { Levels } from '../../model/judging.js'
import { treeAs } from '../../sql/tree.js'
import type { Context, Hit, Rule, Seen } from '../rule.js'

export const notAnalysed: Rule = {
  id: 'not-analysed',
  group: 'transactions',
  title: 'SQL that can not be read before it runs',
  why: 'Nothing is known of what it does: no rule was asked about it, and none of the answers above or below is about it. A body with a syntax error stops the run: the server refuses it.',
  instead: `Write the statement itself where it is always the same, or EXECUTE of a constant text, which is read. Where the text must be made while it runs, a rehearsal shows what it does.`,
  levels: { development: 'notice', staging: 'notice', production: 'warn' },
  examples: {
    bad: [
      "do $$ declare t text; begin for t in select 'a' loop execute 'drop table ' || t; end loop; end $$;",
      "do language plpython3u 'pass';",
      'do $$ begin selct 1; end $$;',
    ],
    good: [
      "do $$ begin execute 'alter table orders add column total numeric'; end $$;",
      "create function f(t text) returns void language plpgsql as $$ begin execute 'drop table ' || t; end $$;",
    ],
  },
  inFunctions: true,
  *check(statement, context) {
    const { node, within } = statement
    if (node === 'DynamicExecute' && within === 'do') {
      yield {
        message: 'EXECUTE runs a text that is made while it runs, so nothing is known of what it does.',
        help: 'Write the statement itself, or EXECUTE of a constant text; or look at what a rehearsal shows of it.',
      }
    }
    if (node === 'UnreadBody' && isReadable(statement))
      yield isRefused(statement, context) ? refused(statement, context) : unread(statement)
  },
}

interface Unread {
  readonly language?: string
  readonly reason?: string
}

// Machine code has no text to read.
function isReadable({ tree }: Seen): boolean {
  return !['c', 'internal'].includes((tree as Unread).language?.toLowerCase() ?? '')
}

/** The server reads a body too when it makes a function of it, or runs it; what the parser says of names and types is less certain. */
function isRefused({ tree, within }: Seen, { file, index }: Context): boolean {
  if (!/^(?:syntax error at|unterminated) /.test((tree as Unread).reason ?? '')) return false
  if (within === 'do') return true
  const checks = file.statements.slice(0, index).flatMap((each) => {
    const set = treeAs(each, 'VariableSetStmt')
    return set?.name?.toLowerCase() === 'check_function_bodies' ? set : []
  })
  return checks.length === 0
}

function refused({ tree, within, span }: Seen, { file }: Context): Hit {
  const { reason = '' } = tree as Unread
  const { text } = file.file
  const near = /at or near "(.+)"$/s.exec(reason)?.[1]
  const written = text.slice(span.start, span.end)
  const at = near === undefined ? -1 : written.indexOf(near)
  const isThere = near !== undefined && at !== -1 && written.indexOf(near, at + 1) === -1
  return {
    message: `PostgreSQL can not read the body of this ${whatOf(within)}: ${reason}.`,
    help: 'Correct it: the server refuses it when this file runs.',
    levels: 'block',
    ...(isThere ? { span: { start: span.start + at, end: span.start + at + near.length } } : {}),
  }
}

function whatOf(within: Seen['within']): string {
  return within === 'do' ? 'DO block' : 'function'
}

function unread({ tree, within }: Seen): Hit {
  const { language = 'unknown', reason } = tree as Unread
  const what = whatOf(within)
  const why =
    reason === undefined ? `is in language ${language}, which is not read` : `could not be read: ${reason}`
  const levels: Partial<Levels> = within === 'do' ? {} : { production: 'notice' }
  return {
    message: `The body of this ${what} ${why}.`,
    help: 'Look at it by eye: no rule was asked about it.',
    levels,
  }
}
