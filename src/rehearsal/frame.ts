import type { RunnableMigration } from '../model/plan.js'
import type { Reply } from '../model/session.js'
import { FIRE_ALL, fireDeferred } from '../sql/fire-deferred.js'
import { limitSession } from '../sql/limit-session.js'
import { AS_OURSELVES, RESET_SESSION, resetSessionTo } from '../sql/session-reset.js'
import type { Questions } from './measuring/questions.js'
import { commitsEach, type Rehearsal } from './rehearsal.js'

/** SQL of ours around the files of a rehearsal. */
export interface Frame {
  /** Before the first file of all. */
  readonly opening: string
  /** Before each file. */
  before(migration: RunnableMigration): string
  /** After each. */
  after(migration: RunnableMigration, mark: string): string
  /** Takes back what a file that failed left. */
  back(state: Reply['state']): string
}

/**
 * One transaction for all files, which is rolled back, or one for each, which commits.
 *
 * @param questions how a transaction is held on to, to be asked about, and what is to be left of the session for it
 */
export function makeFrame(rehearsal: Rehearsal, questions: Pick<Questions, 'hold' | 'reset'> = NONE): Frame {
  return commitsEach(rehearsal) ? ofEach(rehearsal, questions) : ofAll(rehearsal, questions)
}

const NONE = { hold: '', reset: RESET_SESSION }

/**
 * There is always one savepoint, after the last file that went through: what fails is taken back to there. Nested ones
 * would pile up.
 *
 * After a file comes what COMMIT would do, as far as it can be had: deferred constraints are checked, then deferred
 * again for the next file, whose transaction would begin anew; the lock is looked for, which no rollback gives back; and
 * the session is set back.
 */
function ofAll(rehearsal: Rehearsal, { hold, reset }: Pick<Questions, 'hold' | 'reset'>): Frame {
  const { bookkeeping, settings, place } = rehearsal
  return {
    opening: `BEGIN READ WRITE;\nSET LOCAL search_path = pg_catalog, pg_temp;\n${bookkeeping.ensure}\n${hold}\nSAVEPOINT devflow_rehearsal;`,
    // The role's own search path.
    before: (migration) => `RESET search_path;\n${budget(rehearsal, migration)}`,
    after: ({ text }, mark) =>
      [
        fireDeferred(text),
        AS_OURSELVES,
        place === 'target' ? bookkeeping.lockHeld : '',
        mark,
        reset,
        settings,
        'RELEASE SAVEPOINT devflow_rehearsal;\nSAVEPOINT devflow_rehearsal;',
      ].join('\n'),
    back: () => 'ROLLBACK TO SAVEPOINT devflow_rehearsal;',
  }
}

/** As a file is applied, without its record. */
function ofEach(rehearsal: Rehearsal, { hold, reset }: Pick<Questions, 'hold' | 'reset'>): Frame {
  const { bookkeeping, settings } = rehearsal
  return {
    opening: `BEGIN READ WRITE;\nSET LOCAL search_path = pg_catalog, pg_temp;\n${bookkeeping.ensure}\nCOMMIT;`,
    before: (migration) => `BEGIN;\n${budget(rehearsal, migration)}\n${hold}`,
    after: (_, mark) =>
      `${FIRE_ALL}\n${AS_OURSELVES}\nCOMMIT;\nBEGIN READ WRITE;\n${mark}\n${reset}\n${settings}\nCOMMIT;`,
    // Where there is no transaction, ROLLBACK would warn.
    back: (state) => `${state === 'I' ? '' : 'ROLLBACK;'}\n${resetSessionTo(settings)}`,
  }
}

/** That of the rehearsal, with the limits of the file that end the session: they count from its beginning. */
function budget({ lockMs, statementMs }: Rehearsal, { file }: RunnableMigration): string {
  return [
    `SET LOCAL lock_timeout = ${lockMs};\nSET LOCAL statement_timeout = ${statementMs};`,
    ...limitSession(file.directives.timeouts),
  ].join('\n')
}
