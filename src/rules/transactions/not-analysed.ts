import type { Levels } from '../../model/judging.js'
import type { Rule, Seen } from '../rule.js'

export const notAnalysed: Rule = {
  id: 'not-analysed',
  group: 'transactions',
  title: 'SQL that can not be read before it runs',
  why: 'Nothing is known of what it does: no rule was asked about it, and none of the answers above or below is about it.',
  instead: `Write the statement itself where it is always the same, or EXECUTE of a constant text, which is read. Where the text must be made while it runs, a rehearsal shows what it does.`,
  levels: { development: 'notice', staging: 'notice', production: 'warn' },
  examples: {
    bad: [
      "do $$ declare t text; begin for t in select 'a' loop execute 'drop table ' || t; end loop; end $$;",
      "do language plpython3u 'pass';",
    ],
    good: [
      "do $$ begin execute 'alter table orders add column total numeric'; end $$;",
      "create function f(t text) returns void language plpgsql as $$ begin execute 'drop table ' || t; end $$;",
    ],
  },
  inFunctions: true,
  *check(statement) {
    const { node, within } = statement
    if (node === 'DynamicExecute' && within === 'do') {
      yield {
        message: 'EXECUTE runs a text that is made while it runs, so nothing is known of what it does.',
        help: 'Write the statement itself, or EXECUTE of a constant text; or look at what a rehearsal shows of it.',
      }
    }
    if (node === 'UnreadBody' && isReadable(statement)) yield unread(statement)
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

function unread({ tree, within }: Seen) {
  const { language = 'unknown', reason } = tree as Unread
  const what = within === 'do' ? 'DO block' : 'function'
  const why =
    reason === undefined ? `is in language ${language}, which is not read` : `could not be read: ${reason}`
  const levels: Partial<Levels> = within === 'do' ? {} : { production: 'notice' }
  return {
    message: `The body of this ${what} ${why}.`,
    help: 'Look at it by eye: no rule was asked about it.',
    levels,
  }
}
