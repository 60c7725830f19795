import type { RuleDoc } from '../model/rule-doc.js'

/** What is found in files and targets by other means than the rules about SQL: its title and why it matters. */
type Check = readonly [title: string, why: string]

/**
 * Everything a finding's `rule` can be that is no rule about SQL. It always holds, whatever the environment. Each is
 * in `docs/rules.md`.
 */
export const CHECKS: Readonly<Record<string, Check>> = {
  symlink: [
    'A symbolic link in place of a file or folder',
    'It could lead anywhere, out of the workspace too, so links are not followed.',
  ],
  'not-a-regular-file': ['A FIFO, socket or device', 'Reading it could wait for ever.'],
  'outside-boundary': ['A folder outside of the workspace', 'So are other people’s secrets.'],
  'file-too-large': [
    'A file of more than 64 MiB',
    'It would exhaust the machine. Data of that size is better loaded by other means.',
  ],
  'too-many-entries': ['More than 100,000 entries in the folder', 'The same.'],
  'unreadable-file': [
    'A file that can not be read',
    'It would be missing among the migrations, and the next ones would run without it.',
  ],
  'invalid-utf-8': ['Text in another encoding', 'Other characters than the author’s would be stored.'],
  'nul-byte': ['A NUL byte', 'PostgreSQL would not see what follows it.'],
  'empty-folder': ['No migration in the folder', 'Mostly it is the wrong folder.'],
  'bad-name': [
    'A name in none of the naming styles',
    'It has no place in the order, and passed over in silence it would never be applied.',
  ],
  'unsupported-file': ['`B__` files', 'They would not be carried out.'],
  'two-downs': ['Two down parts for one version', 'Which of them undoes it can not be told.'],
  'duplicate-version': ['One version twice', 'Only one of the two would ever be applied.'],
  'case-collision': [
    'Names that differ in case or in the spelling of accents only',
    'They are one file on other disks.',
  ],
  'mixed-styles': ['More than one naming style', 'The order would be a guess.'],
  'unknown-directive': [
    'A directive that does not exist',
    'It would do nothing, and its author would think it did.',
  ],
  'bad-directive': ['A directive with a wrong value or in a wrong place', 'The same.'],
  'down-before-up': ['An up marker below a down marker', 'The up part would not be applied.'],
  'missing-dependency': ['A dependency that does not exist', 'The file would run without what it needs.'],
  'ambiguous-dependency': ['A dependency that could be two files', 'The order would be a guess.'],
  'circular-dependency': [
    'Files that wait for one another',
    'There is no order in which they can be applied.',
  ],
  'health-check': [
    'A health check that does not hold, or can not be known',
    'Migrations would be applied to what is not well already; or they left it so.',
  ],
  'schema-dump': [
    'A schema that was not written to its file',
    'What is reviewed would be older than the database.',
  ],
  'out-of-step': [
    'Two records of one database that do not agree: ours, and the Supabase CLI’s',
    'What one side counts as applied the other would run again.',
  ],
  'checksum-drift': [
    'An applied migration that was edited, renamed or deleted',
    'Databases that have it would differ from those that get it later, and nobody would know.',
  ],
  'changed-since-base': [
    'A migration of the base branch that was edited, renamed or deleted',
    'Wherever it is applied, every later run would stop for it.',
  ],
  'out-of-order-with-base': [
    'A new file that sorts before the newest on the base branch',
    'It would be applied out of order, or refused.',
  ],
  'base-unknown': [
    'A base that is not in the checkout',
    'What the pull request changes is not known, so every file is judged.',
  ],
  'late-dependency': [
    'A dependency on a file of a later version',
    'The files are not applied in the order of their versions, which people expect.',
  ],
  'version-gap': ['A number left out among the versions', 'A file may be missing.'],
  'no-statement': ['A file without a statement', 'It is recorded as applied and does nothing.'],
  'out-of-order': [
    'A file that sorts before one that is applied already',
    'It runs after files that were written without it.',
  ],
  'syntax-error': ['SQL that PostgreSQL can not read', 'The file would fail wherever it is applied.'],
  'unreadable-sql': [
    'A statement that could not be analysed',
    'It is larger or deeper nested than the parser reads. It is applied as it is.',
  ],
  'misplaced-substitution': [
    'A placeholder where it looks filled in and would not be',
    'The text would reach the database as it stands, or mean something else.',
  ],
  'foreign-mark': [
    'A comment that asks another tool for something that is not carried out',
    'Without it the file does something else than its author wrote.',
  ],
  'psql-command': [
    'A command or variable of psql',
    'The server does not know it; psql itself is never started.',
  ],
  'copy-data': ['`COPY` whose rows are not where they must be', 'Rows would be read as SQL, or SQL as rows.'],
  'discard-all': [
    '`DISCARD ALL`',
    'It lets go of all advisory locks of the session, and with them of the one that keeps other runs out.',
  ],
  'standard-conforming-strings': [
    '`standard_conforming_strings` set to `off`',
    'It decides where strings end, so the file would run in another way than it was checked.',
  ],
  'bad-suppression': [
    'A comment that is to silence a rule, and can not',
    'It silences nothing, and its author thinks it does.',
  ],
  'unused-suppression': [
    'A comment that silences nothing',
    'It would hide the next thing that the rule finds there.',
  ],
  'transaction-control': [
    '`BEGIN`, `COMMIT`, `ROLLBACK` or `SET TRANSACTION` in a file',
    'It would end the transaction that keeps the file and its record together.',
  ],
  'statement-in-transaction': [
    'A statement that can not run in a transaction, between `BEGIN` and `COMMIT`',
    'The server refuses it.',
  ],
  'too-many-statements': [
    'A large file outside of a transaction',
    'It would be run statement by statement, for hours.',
  ],
  'not-together': [
    'A file that can not share one transaction with the others',
    '`transaction: all` promises all or nothing, and it could not be kept.',
  ],
  'tracking-statement': [
    'A statement that makes the tracking tables',
    'It is left out: the tables are there already.',
  ],
  'unfinished-migration': [
    'A migration that an earlier run began and did not finish',
    'What it did is there in part. What comes after it may need the rest.',
  ],
  'no-backup-chosen': [
    'An environment of class production of which nobody said whether it is backed up',
    'What a migration deletes is gone, unless somebody thought of it before.',
  ],
  'schema-drift': [
    'An object of the database that other hands changed since the last run',
    'Other databases do not have the change, and what is pending was written without it.',
  ],
  'baseline-difference': [
    'An object that the database has otherwise than the files of a baseline make it',
    'A baseline would say that it is there as the files have it.',
  ],
  'round-trip': [
    'A down part that does not take back what its up part made',
    'Going back by it would leave a schema that no file describes.',
  ],
  'history-chain': [
    'A row of the history that is not as it was written, or is gone',
    'What was done to the database, by whom, and who let them, can not be told by it any more.',
  ],
  'invalid-index': [
    'An index that is INVALID: what built it, dropped it or attaches it was not finished',
    'No query uses it, and every write still pays for it.',
  ],
  'pending-detach': [
    'A partition that is half detached',
    'No query on its table sees its rows any more, though it is still a part of it.',
  ],
  'workflow-concurrency': [
    'A workflow of which two runs can work on one environment at once',
    'The second waits at the database, where a job costs its minutes; or a newer run cancels one that is applying.',
  ],
}

/** A check as outlets want it that know rules. */
export function makeCheckDoc(id: string): RuleDoc | undefined {
  const [title, why] = (Object.hasOwn(CHECKS, id) && CHECKS[id]) || []
  if (title === undefined || why === undefined) return undefined
  const levels = { development: 'never', staging: 'never', production: 'never' } as const
  return { id, group: 'files', title, why, instead: '', levels }
}
