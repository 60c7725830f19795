import type { RunnableMigration } from '../../../src/model/plan.js'
import { prepareMigration } from '../../../src/plan/prepare-migration.js'
import type { EscapeFacts } from '../../../src/rehearsal/escapes/escape-facts.js'
import { escapeFactsQuery } from '../../../src/rehearsal/escapes/facts-query.js'
import { type Leaves, openEscapes } from '../../../src/rehearsal/escapes/open-escapes.js'
import { parseEscapeFacts } from '../../../src/rehearsal/escapes/parse-facts.js'
import { readPendingReach } from '../../../src/rehearsal/escapes/pending-reach.js'
import { openParser } from '../../../src/sql/open-parser.js'
import { aMigration } from '../../support/builders.js'
import type { TestDatabase } from '../../support/postgres/a-database.js'

const parser = await openParser()

/** A file of each text, `01.sql` and so on, as the run would have it. */
export function filesOf(texts: readonly string[]): RunnableMigration[] {
  return texts.map((text, index) => {
    const name = `${String(index + 1).padStart(2, '0')}.sql`
    return prepareMigration(parser, aMigration({ name, text })).runnable
  })
}

export async function factsOf(database: Pick<TestDatabase, 'query'>): Promise<EscapeFacts> {
  await database.query('SET search_path = pg_catalog')
  const [row] = await database.query<{ facts: string }>(escapeFactsQuery)
  await database.query('RESET search_path')
  return parseEscapeFacts({
    results: [{ columns: ['facts'], rows: [[row?.facts ?? null]] }],
    completed: 1,
    state: 'I',
  })
}

/** Why a statement of the files is not sent. */
export function leavesOf(migrations: readonly RunnableMigration[], facts: EscapeFacts): Leaves {
  return openEscapes({ parser, pending: readPendingReach(parser, migrations), facts })
}

/** Of each statement of the files in order, why it is not sent; null where it is. */
export function reasonsOf(texts: readonly string[], facts: EscapeFacts): (string | null)[] {
  const migrations = filesOf(texts)
  const leaves = leavesOf(migrations, facts)
  return migrations.flatMap((migration) =>
    (migration.statements ?? [undefined]).map((_, index) => leaves(migration, index) ?? null),
  )
}
